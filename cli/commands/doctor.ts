import * as v from 'valibot';
import { examine } from '../../core/application/doctor/examine.ts';
import { notProved } from '../../core/domain/doctoring/check-acting.ts';
import { type CheckResult, diagnose, tally } from '../../core/domain/doctoring/diagnosis.ts';
import type { StackPlace } from '../../core/domain/doctoring/facts.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import { policyText } from '../../lambda/environments/policy-text.ts';
import { wrap } from '../render/wrap.ts';
import { UsageError } from '../usage-error.ts';
import type { Identity } from './assess-access.ts';
import { defaultStack, openedAs, withUsage } from './deployment.ts';
import type { DoctorAccess, DoctorWorld } from './doctor-access.ts';
import { type DoctorOptions, doctorUsage, parseDoctorOptions } from './doctor-options.ts';
import { doctorPermissions } from './doctor-permissions.ts';
import { doctorText } from './doctor-text.ts';
import { failureWords } from './failure-words.ts';
import { signInFirst, typedBy } from './typed-by.ts';

/** @returns the exit code: 0 all well, 1 a finding or something that could not be checked, 2 wrong options or no stack */
export const doctor = (args: readonly string[], world: DoctorWorld): Promise<number> =>
  withUsage(world, async () => {
    const options = parseDoctorOptions(args);
    if (options.help) return told(world, doctorUsage);
    if (options['print-iam']) return told(world, doctorPermissions());
    return run(options, world);
  });

function told(world: DoctorWorld, text: string): 0 {
  world.out(text);
  return 0;
}

async function run(options: DoctorOptions, world: DoctorWorld): Promise<number> {
  const access = await openedBy(options, world);
  const stack = await stackOf(options, access, world);
  if (stack === undefined) return 1;
  const unreadable: string[] = [];
  const ports = access.ports((error) => unreadable.push(error.message));
  const facts = await examine(stack, policyIn(stack, ports.clock.now()), ports);
  const identity = { profile: options.profile, roleArn: options['role-arn'] };
  const results = diagnose(facts).map((result) => typedIn(result, identity));
  const counts = tally(results);
  const texts = options.json
    ? `${JSON.stringify(asJson(stack, facts.now, results, unreadable), undefined, 2)}\n`
    : `${world.paint.bold(headOf(stack, facts.now))}\n\n${doctorText(results, counts, world.paint)}`;
  world.out(texts);
  const first = signInFirst(identity, stack.account);
  if (counts.findings > 0 && first !== undefined && !options.json) world.error(`${first}\n`);
  for (const line of unreadable) world.error(`missing: ${line}\n`);
  return counts.findings === 0 && counts.unknown === 0 && unreadable.length === 0 ? 0 : 1;
}

/** Its commands as whoever asked types them. */
function typedIn({ answers, ...result }: CheckResult, identity: Identity): CheckResult {
  const typed = typedBy(identity);
  return {
    ...result,
    answers: answers.map((answer) =>
      answer.kind === 'finding' && answer.fix.command !== undefined
        ? { ...answer, fix: { ...answer.fix, command: typed(answer.fix.command) } }
        : answer,
    ),
  };
}

async function openedBy(options: DoctorOptions, world: DoctorWorld): Promise<DoctorAccess> {
  if (options.demo) {
    const demo = await world.openDemo();
    const told = `A simulated account, in which this was broken on purpose: ${demo.broken.join('; ')}.`;
    world.error(`${wrap(told, 80).join('\n')}\n\n`);
    return demo;
  }
  return openedAs(options, world.open);
}

/** @throws UsageError where there is no such stack */
async function stackOf(
  { stack: name = defaultStack, profile }: DoctorOptions,
  access: DoctorAccess,
  world: DoctorWorld,
): Promise<StackPlace | undefined> {
  const stack = await access.stack(name).catch((error: unknown) => {
    const failure = access.explain(error, 'cloudformation:DescribeStacks');
    const words =
      failure.kind === 'denied'
        ? `no permission for ${failure.action} in ${access.region} (${failure.said}); --print-iam prints what this needs`
        : failureWords(failure, access.region, profile);
    world.error(`${words}\n`);
    return 'refused' as const;
  });
  if (stack === 'refused') return undefined;
  if (stack !== undefined) return stack;
  throw new UsageError(
    `there is no stack ${name} in ${access.region}, expected the responder's; name it with --stack, or another Region with --region`,
  );
}

function policyIn({ outputs }: StackPlace, now: Instant): Reading<Policy> {
  const text = outputs['Policy'];
  if (text === undefined) return unread('there is no such output');
  const { success, output, issues } = v.safeParse(policyText, text);
  return success ? read(output, now) : unread(`it cannot be read (${issues[0].message})`);
}

const headOf = ({ name, account, region }: StackPlace, now: Instant): string =>
  `${name} in ${account} ${region}, ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** For a machine; the words are the same. */
const asJson = (
  { name, account, region }: StackPlace,
  now: Instant,
  results: readonly CheckResult[],
  unreadable: readonly string[],
) => ({
  stack: name,
  account,
  region,
  at: new Date(now).toISOString(),
  summary: tally(results),
  checks: results,
  unreadable,
  notProved,
});
