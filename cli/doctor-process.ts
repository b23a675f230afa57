import { instant } from '../core/domain/units.ts';
import { clientConfig, homeRegion } from './aws/client-config.ts';
import { doctorAccess, doctorClients } from './aws/doctor-access.ts';
import { doctor } from './commands/doctor.ts';
import { paint } from './render/paint.ts';

/** `ebs-burst doctor` in this process: its terminal, its clock, its network. */
export const doctorProcess = (args: readonly string[]): Promise<number> =>
  doctor(args, {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    paint: paint(),
    open: async (identity, named) => {
      const region = named ?? (await homeRegion(identity));
      if (region === undefined) return undefined;
      const world = { region, now: () => instant(Date.now()), fetch };
      return doctorAccess(doctorClients(clientConfig(identity, region)), world);
    },
    openDemo: async () => (await import('./demo/ailing-account.ts')).ailingDemo(),
  });
