import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { type MetricName, metricScope, metrics } from '../environments/metrics.ts';

/** What a handler says about itself; never what it tells people (that is a notice). */
export interface Observability {
  readonly logger: Logger;
  /** Writes the values as one record in embedded metric format; unknown names do not compile, zeros are data. */
  readonly publish: (values: Partial<Record<MetricName, number>>) => void;
}

/**
 * One per handler, built when the function starts. Outside Lambda, POWERTOOLS_METRICS_DISABLED=true and
 * POWERTOOLS_LOG_LEVEL=SILENT keep both quiet.
 */
export function observability(handler: string): Observability {
  const logger = new Logger({ serviceName: metricScope.service, persistentKeys: { handler } });
  const record = new Metrics({ namespace: metricScope.namespace, serviceName: metricScope.service, logger });
  return {
    logger,
    publish: (values) => {
      for (const name of namesOf(values)) record.addMetric(name, metrics[name].unit, values[name] ?? 0);
      record.publishStoredMetrics();
    },
  };
}

const namesOf = (values: Partial<Record<MetricName, number>>): readonly MetricName[] =>
  (Object.keys(metrics) as MetricName[]).filter((name) => values[name] !== undefined);
