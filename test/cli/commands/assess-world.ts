import { accountAccess } from '../../../cli/aws/account-access.ts';
import type { Credentials } from '../../../cli/aws/assumed-role.ts';
import type { AssessWorld } from '../../../cli/commands/assess.ts';
import { assess } from '../../../cli/commands/assess.ts';
import { paint } from '../../../cli/render/paint.ts';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import type { VolumeReplay } from '../../../core/domain/history/replayed.ts';
import { dollars, instant } from '../../../core/domain/units.ts';
import type { Account } from '../../../twin/account.ts';
import { addVolume, simulatedAccount } from '../../application/assess/simulated-fleet.ts';

const keys = { accessKeyId: 'access-key', secretAccessKey: 'secret', accountId: '123456789012' };

/** Three hours of a volume at the wall and one in peace, in that Region. */
export async function busyAccount(
  region = 'us-east-1',
  options: Parameters<typeof simulatedAccount>[0] = {},
) {
  const account = simulatedAccount({ region, ...options });
  addVolume(account, 2_500);
  addVolume(account, 50);
  await account.simulation.runFor(3 * 3_600_000);
  return account;
}

const untouched = (volumeId: VolumeReplay['volumeId']): VolumeReplay => ({
  volumeId,
  timeline: [],
  stallMinutes: 0,
  extraCost: dollars(0),
});

/** The command on simulated Regions, with real clients and nothing replayed. */
export async function runAssess(
  args: readonly string[],
  accounts: Readonly<Record<string, Account>>,
  rest: Partial<AssessWorld> = {},
  own: Awaited<ReturnType<Credentials>> = keys,
) {
  const written = { out: '', error: '', shown: [] as string[] };
  const [first] = Object.values(accounts);
  const now = () => instant(first?.simulation.now ?? 0);
  const world: AssessWorld = {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    progress: { show: (text) => void written.shown.push(text), end: () => undefined },
    paint: paint(false),
    columns: undefined,
    now,
    sleep: async () => undefined,
    signal: new AbortController().signal,
    open: (identity) => ({
      ...accountAccess(identity, {
        now,
        credentials: async () => own,
        connect: (client, region) => {
          const account = accounts[region];
          if (account === undefined) throw new Error(`no simulated Region ${region}`);
          return account.connect(client, 'assess');
        },
      }),
      homeRegion: async () => Object.keys(accounts)[0],
      regions: async () => Object.keys(accounts),
    }),
    openDemo: () => Promise.reject(new Error('no demo here')),
    assumptions: usualAssumptions,
    replay: async ({ volumes }) => volumes.map(({ volume }) => untouched(volume.id)),
    breathe: async () => undefined,
    reports: { html: () => '<page>', json: (regions) => JSON.stringify(regions), csv: () => 'a,b\n' },
    version: '0.1.0',
    ...rest,
  };
  const code = await assess(args, world);
  return { code, ...written };
}
