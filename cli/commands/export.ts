import * as v from 'valibot';
import { type AuditRecord, auditTrail } from '../../core/domain/auditing/audit-trail.ts';
import { before, days, type Instant } from '../../core/domain/units.ts';
import { auditHeader, auditLine, auditRow } from '../report/audit-report.ts';
import { flag, type OptionHelp, parseOptions } from './command-options.ts';
import { type DeploymentWorld, onDeployment, withUsage } from './deployment.ts';
import type { DeploymentPorts } from './deployment-access.ts';
import { tableEntries, tableHelp } from './deployment-options.ts';
import { usageText } from './usage-text.ts';

/** The table forgets what is older. */
const mostDays = 90;
const daysExpected = `a whole number from 1 to ${mostDays}, as long as the table remembers; leave it out for ${mostDays}`;

const schema = v.strictObject({
  ...tableEntries,
  days: v.optional(
    v.pipe(
      v.string(daysExpected),
      v.check((text) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= mostDays, daysExpected),
      v.transform(Number),
    ),
  ),
  csv: flag,
});

const help: OptionHelp<keyof typeof schema.entries> = {
  days: ['N', `how far back, at most ${mostDays} days (${mostDays})`],
  csv: ['', 'CSV with a header instead of JSON lines'],
  ...tableHelp,
};

const usage = usageText({
  usage: ['ebs-burst export [options] > audit.jsonl'],
  about: [
    "The audit trail: a JSON line for every step of every case, with what was seen, what was decided and why, by whose authority (mode, consent tag, caps), what AWS was asked for under which request id, and the case's end.",
    'Also steps that nobody was told of, such as the intent that is written down before AWS is asked; looks that changed nothing are no steps.',
    'Told means that a notice was written, not that a channel took it.',
  ],
  options: help,
  notes: {
    'what AWS was asked for':
      'wished (never asked), intended (about to be asked), accepted, refused, unanswered (the reply was lost), given-up (accepted, and then failed by AWS).',
    order:
      'the steps of a case one after the other, as they were taken; the cases of a volume from the oldest; volumes in no order. It is written while it is read, whatever its length.',
    'reads with':
      'cloudformation:DescribeStacks, unless --table is named; dynamodb:Scan and Query on the table, all of it. Never writes.',
  },
  exitCodes: {
    0: 'everything was exported, also when there is nothing',
    1: 'something could not be read; the lines on standard error name it',
    2: 'an option or a file is wrong',
  },
});

export interface ExportWorld extends DeploymentWorld {
  /** Once whoever reads the output has taken enough of it that more may be written. */
  readonly drained: () => Promise<void>;
}

/** @returns the exit code: 0 exported, 1 not all could be read, 2 wrong options */
export const exportTrail = (args: readonly string[], world: ExportWorld): Promise<number> =>
  withUsage(world, async () => {
    const options = parseOptions(args, help, schema);
    if (options.help) {
      world.out(usage);
      return 0;
    }
    const { csv: asCsv, days: back = mostDays } = options;
    return onDeployment(options, world, ({ ports, now }) =>
      written(ports, before(now(), days(back)), asCsv ? csvLines : jsonLines, world),
    );
  });

interface Lines {
  readonly header: string;
  readonly of: (record: AuditRecord) => string;
}

const csvLines: Lines = { header: auditHeader, of: auditRow };
const jsonLines: Lines = { header: '', of: auditLine };

async function written(
  ports: DeploymentPorts,
  since: Instant,
  lines: Lines,
  { out, drained }: ExportWorld,
): Promise<number> {
  if (lines.header !== '') out(lines.header);
  for await (const file of ports.caseFiles()) {
    for (const record of auditTrail(file)) if (record.at >= since) out(lines.of(record));
    await drained();
  }
  return 0;
}
