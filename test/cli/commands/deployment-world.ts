import type { CasesWorld } from '../../../cli/commands/cases.ts';
import type { ExplainWorld } from '../../../cli/commands/explain.ts';
import type { ExportWorld } from '../../../cli/commands/export.ts';
import type { DeployedDemo } from '../../../cli/demo/deployed-account.ts';
import { paint } from '../../../cli/render/paint.ts';
import { replayUntil } from '../../../core/application/replay/replay.ts';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';

type World = ExplainWorld & ExportWorld & CasesWorld;
type Command = (args: readonly string[], world: World) => Promise<number>;

/** A command on this deployment; what it writes, its exit code, and the calls it made. */
export async function onDemo(
  command: Command,
  demo: DeployedDemo,
  args: readonly string[] = ['--demo'],
  rest: Partial<World> = {},
) {
  const written = { out: '', error: '' };
  const { calls } = demo.account.endpoint;
  const before = calls.length;
  const code = await command(args, {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    paint: paint(false),
    open: async () => demo,
    openDemo: async () => demo,
    drained: async () => undefined,
    replayUntil,
    assumptions: usualAssumptions,
    version: '1.2.3',
    columns: undefined,
    ...rest,
  });
  const made = calls.slice(before).map(({ operation }) => operation);
  return { code, ...written, calls: [...new Set(made)].toSorted() };
}
