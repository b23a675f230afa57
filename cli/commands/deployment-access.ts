import type { AccessFailure } from '../../core/application/assess/history-ports.ts';
import type { ObservePorts } from '../../core/application/observe.ts';
import type { AlarmShelf, Outbox } from '../../core/application/ports.ts';
import type { CaseFile } from '../../core/domain/auditing/audit-trail.ts';
import type { Reading } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';

/** A stack as CloudFormation describes it. */
export interface DescribedStack {
  /** Its ARN. */
  readonly id: string;
  readonly account: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What `respond` sees the world through, and what was said; whoever makes them sees to it that nothing is written. */
export interface DeploymentPorts extends ObservePorts {
  readonly outbox: Pick<Outbox, 'conversation'>;
  readonly alarms: Pick<AlarmShelf, 'list'>;
  /** Every case the table knows, volume by volume; reads the whole table, a page at a time. */
  caseFiles(): AsyncIterable<CaseFile>;
  /** Those of one volume, the newest first; reads what the table has of it, and the notices of the cases that are taken. */
  caseFilesOf(volumeId: VolumeId): AsyncIterable<CaseFile>;
  /** What the kill switch says. */
  readSwitch(parameter: string): Promise<Reading<string>>;
}

/** One deployment as a person may read it; also a simulated one. No call it makes changes anything. */
export interface DeploymentAccess {
  readonly region: string;
  /** The number of the account whose credentials these are. Throws what the SDK throws. */
  account(): Promise<string>;
  /** `undefined` where there is no such stack. Throws what the SDK throws. */
  stack(name: string): Promise<DescribedStack | undefined>;
  /** `report` is told of every item of the table that cannot be read. */
  ports(table: string, report: (error: Error) => void): DeploymentPorts;
  explain(error: unknown, action: string): AccessFailure;
}

/** An access, and the time it has there. */
export interface OpenDeployment {
  readonly access: DeploymentAccess;
  readonly now: () => Instant;
  /** Of a simulated account: what is asked about unless a volume is named. */
  readonly volumeId?: VolumeId;
}
