import type { AccessFailure } from '../../core/application/assess/history-ports.ts';
import type { DoctorPorts } from '../../core/application/doctor/doctor-ports.ts';
import type { StackPlace } from '../../core/domain/doctoring/facts.ts';
import type { Paint } from '../render/paint.ts';
import type { Identity } from './assess-access.ts';

/** An account as a person may examine it; also a simulated one. No call it makes changes anything. */
export interface DoctorAccess {
  readonly region: string;
  /** `undefined` where there is no such stack. Throws what the SDK throws. */
  stack(name: string): Promise<StackPlace | undefined>;
  /** `report` is told of every item of the table that cannot be read. */
  ports(report: (error: Error) => void): DoctorPorts;
  explain(error: unknown, action: string): AccessFailure;
}

/** What the command takes from the world; a test gives its own. */
export interface DoctorWorld {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly paint: Paint;
  /** `undefined` where nobody names a Region. */
  readonly open: (identity: Identity, region: string | undefined) => Promise<DoctorAccess | undefined>;
  /** A simulated account with some things broken. */
  readonly openDemo: () => Promise<DoctorAccess & { readonly broken: readonly string[] }>;
}
