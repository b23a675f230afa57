import type { Delivery } from '../../core/application/deliver-notice.ts';
import { observability } from './observability.ts';

/** Logs and counts what delivery did; every failure is one record, and no channel puts a secret into its detail. */
export function reportDeliveries() {
  const { logger, publish } = observability('deliver-notice');
  const record = (delivery: Delivery): void => {
    if (isFailure(delivery)) logger.error('not delivered', { delivery });
    else if (delivery.kind === 'dropped') logger.warn('channel not configured, dropped', { delivery });
    else if (delivery.kind !== 'quiet') logger.info('delivery', { delivery });
  };
  return {
    malformed: (error: Error) => logger.error('a notice cannot be read', { detail: error.message }),
    pending: (conversations: number) => publish({ NoticesPending: conversations }),
    outcome: (deliveries: readonly Delivery[]): readonly Delivery[] => {
      for (const delivery of deliveries) record(delivery);
      publish({
        NoticesSent: deliveries.reduce((sum, each) => sum + (each.kind === 'sent' ? each.notices : 0), 0),
        NoticesFailed: deliveries.filter(isFailure).length,
      });
      return deliveries;
    },
  };
}

const isFailure = ({ kind }: Delivery): boolean => kind === 'failed' || kind === 'broken';
