import type { AccessFailure, HistoryReader } from '../../core/application/assess/history-ports.ts';
import type { VolumeCatalog } from '../../core/application/ports.ts';

/** Whose account it is, or why nobody tells. */
export type WhoseAccount =
  | { readonly kind: 'known'; readonly id: string }
  | { readonly kind: 'unknown'; readonly failure: AccessFailure };

export const accountName = (whose: WhoseAccount): string =>
  whose.kind === 'known' ? whose.id : 'unknown account';

/** What reading one Region takes. */
interface RegionAccess {
  readonly account: WhoseAccount;
  readonly volumes: Pick<VolumeCatalog, 'all'>;
  readonly reader: HistoryReader;
}

/** An AWS account as one person may read it; also a simulated one. */
export interface AccountAccess {
  /** Of the profile or the environment; `undefined` where neither names one. */
  homeRegion(): Promise<string | undefined>;
  /** All that are on in this account, asked for in `from`. Throws what the SDK throws. */
  regions(from: string): Promise<readonly string[]>;
  /** Throws what the SDK throws, where there are no credentials. */
  region(name: string): Promise<RegionAccess>;
  explain(error: unknown, action: string): AccessFailure;
}

/** Whose account. */
export interface Identity {
  readonly profile: string | undefined;
  readonly roleArn: string | undefined;
}
