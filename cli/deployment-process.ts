import { replayUntil } from '../core/application/replay/replay.ts';
import { usualAssumptions } from '../core/application/replay/replay-settings.ts';
import { instant } from '../core/domain/units.ts';
import { clientConfig, homeRegion } from './aws/client-config.ts';
import { deploymentAccess, deploymentClients } from './aws/deployment-access.ts';
import { cases } from './commands/cases.ts';
import type { DeploymentWorld } from './commands/deployment.ts';
import { explain } from './commands/explain.ts';
import { exportTrail } from './commands/export.ts';
import { uninstall } from './commands/uninstall.ts';
import { drained } from './drained.ts';
import { packageVersion } from './package-version.ts';
import { paint } from './render/paint.ts';
import { terminalColumns } from './render/terminal-columns.ts';

const now = () => instant(Date.now());

/** This process, its terminal and its clock, for commands that look into a deployment. */
export const deploymentWorld: DeploymentWorld = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  paint: paint(),
  open: async (identity, named) => {
    const region = named ?? (await homeRegion(identity));
    if (region === undefined) return undefined;
    const clients = deploymentClients(clientConfig(identity, region));
    return { now, access: deploymentAccess(clients, region, now) };
  },
  openDemo: async () => (await import('./demo/deployed-account.ts')).deployedDemo(),
};

/** `ebs-burst explain` in this process. */
export const explainProcess = (args: readonly string[]): Promise<number> =>
  explain(args, {
    ...deploymentWorld,
    replayUntil,
    assumptions: usualAssumptions,
    columns: terminalColumns(),
    version: packageVersion(),
  });

/** `ebs-burst cases` in this process. */
export const casesProcess = (args: readonly string[]): Promise<number> =>
  cases(args, {
    ...deploymentWorld,
    columns: terminalColumns(),
    version: packageVersion(),
  });

/** `ebs-burst export` in this process. */
export const exportProcess = (args: readonly string[]): Promise<number> =>
  exportTrail(args, { ...deploymentWorld, drained: () => drained(process.stdout) });

/** `ebs-burst uninstall` in this process. */
export const uninstallProcess = (args: readonly string[]): Promise<number> =>
  uninstall(args, {
    ...deploymentWorld,
    openDemo: async () => {
      const { deployedDemo, settledAt } = await import('./demo/deployed-account.ts');
      return deployedDemo(settledAt);
    },
  });
