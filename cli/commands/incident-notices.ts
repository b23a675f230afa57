import type { OpenCase } from '../../core/domain/cases/case.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import type { DeploymentPorts } from './deployment-access.ts';

/** What these cases have said, oldest first, by case id. Every notice has a row for each channel, and SNS is always one. */
export async function noticesOf(
  cases: readonly Pick<OpenCase, 'id' | 'incident'>[],
  { outbox }: Pick<DeploymentPorts, 'outbox'>,
): Promise<ReadonlyMap<string, readonly CaseNotice[]>> {
  const incidents = new Set(cases.flatMap(({ incident }) => incident ?? []));
  const told: CaseNotice[] = [];
  for (const incident of incidents) {
    const { rows } = await outbox.conversation(incident, 'sns');
    told.push(...rows.flatMap(({ notice }) => (notice.kind === 'case' ? [notice] : [])));
  }
  return Map.groupBy(told, ({ caseId }) => caseId);
}
