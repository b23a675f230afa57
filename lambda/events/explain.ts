import * as v from 'valibot';

/** Path, expected and received of every fault; the text of an event goes into logs, so values are cut short. */
export const explain = (issues: readonly v.BaseIssue<unknown>[]): string =>
  issues.map((issue) => `${v.getDotPath(issue) ?? 'event'}: ${issue.message.slice(0, 120)}`).join('; ');
