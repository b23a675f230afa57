import type { LookAt } from '../../core/domain/look-at.ts';

/** The account and Region this deployment works in; events of any other are not ours. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

export interface InstanceStarted {
  readonly kind: 'instance-started';
  readonly instanceId: string;
}

export interface Ignored {
  readonly kind: 'ignored';
  readonly why: string;
}

export type DomainEvent = LookAt | InstanceStarted | Ignored;
