import * as v from 'valibot';
import { auditTrail } from '../../core/domain/auditing/audit-trail.ts';
import { before, days } from '../../core/domain/units.ts';
import { auditCsv, auditLine } from '../report/audit-report.ts';
import { type OptionHelp, optionLines, parseOptions } from './command-options.ts';
import { type DeploymentWorld, onDeployment, withUsage } from './deployment.ts';
import { deploymentEntries, deploymentHelp, flag } from './deployment-options.ts';

/** The table forgets what is older. */
const mostDays = 90;
const daysExpected = `a whole number from 1 to ${mostDays}, as long as the table remembers; leave it out for ${mostDays}`;

const schema = v.strictObject({
  ...deploymentEntries,
  days: v.optional(
    v.pipe(
      v.string(daysExpected),
      v.check((text) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= mostDays, daysExpected),
      v.transform(Number),
    ),
  ),
  csv: flag,
});

const help: OptionHelp = {
  days: ['N', `how far back, at most ${mostDays} days (${mostDays})`],
  csv: ['', 'CSV with a header instead of JSON lines'],
  ...deploymentHelp,
};

const usage = [
  'usage: ebs-burst export [options] > audit.jsonl',
  '',
  'The audit trail: a JSON line for every step of every case, with what was seen, what was decided and why,',
  "by whose authority (mode, consent tag, caps), what AWS was asked for under which request id, and the case's end.",
  '',
  ...optionLines(help),
  '',
  'reads with: cloudformation:DescribeStacks; dynamodb:Scan on the table, all of it. Never writes.',
  '',
  'exit code: 0 everything was exported, also when there is nothing,',
  '           1 something could not be read,',
  '           2 an option or a file is wrong',
  '',
].join('\n');

/** @returns the exit code: 0 exported, 1 not all could be read, 2 wrong options */
export const exportTrail = (args: readonly string[], world: DeploymentWorld): Promise<number> =>
  withUsage(world, async () => {
    const options = parseOptions(args, help, schema);
    if (options.help) {
      world.out(usage);
      return 0;
    }
    return onDeployment(options, world, async ({ ports, now }) => {
      const records = auditTrail(await ports.auditItems(before(now(), days(options.days ?? mostDays))));
      if (options.csv) world.out(auditCsv(records));
      else for (const record of records) world.out(auditLine(record));
      return 0;
    });
  });
