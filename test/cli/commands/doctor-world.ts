import { doctor } from '../../../cli/commands/doctor.ts';
import type { DoctorWorld } from '../../../cli/commands/doctor-access.ts';
import type { ExaminedAccount } from '../../../cli/demo/ailing-account.ts';
import { paint } from '../../../cli/render/paint.ts';

/** The command on this account; what it writes, its exit code, and the calls it made. */
export async function doctorOn(
  { account, access }: ExaminedAccount,
  args: readonly string[] = [],
  rest: Partial<DoctorWorld> = {},
) {
  const written = { out: '', error: '' };
  const before = account.endpoint.calls.length;
  const code = await doctor(args, {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    paint: paint(false),
    open: async () => access,
    openDemo: async () => ({ ...access, broken: ['this', 'that'] }),
    ...rest,
  });
  const calls = account.endpoint.calls.slice(before).map(({ operation }) => operation);
  return { code, ...written, calls: [...new Set(calls)].toSorted() };
}

/** `FINDING rules: rule Census` and `unknown roles: role of respond`; nothing of what is well. */
export const troublesIn = (out: string): readonly string[] =>
  [...out.matchAll(/^ {2}(FINDING|unknown) +(event sources|dead letters|\S+) +(.*)$/gm)].map(
    ([, kind, check, subject]) => `${kind} ${check}: ${subject}`,
  );
