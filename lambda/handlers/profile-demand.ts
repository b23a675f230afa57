import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { profileDemand as profileAll } from '../../core/application/profile-demand.ts';
import { minutes, seconds } from '../../core/domain/units.ts';
import { cloudwatchMetricHistory } from '../adapters/cloudwatch-metric-history.ts';
import { dynamoAlmanac } from '../adapters/dynamo-almanac.ts';
import { ec2VolumeCatalog } from '../adapters/ec2-volume-catalog.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { profileDemandEnvironment } from '../environments/profile-demand.ts';
import { observability } from '../wiring/observability.ts';
import { inLambda, type Runtime } from '../wiring/runtime.ts';
import { steadyPace } from '../wiring/steady-pace.ts';

/** Once a day, so that a storm of alarms needs no history reads. Ends before Lambda's fifteen minutes do. */
export const profileDemand = (runtime: Runtime) => {
  const settings = parseEnvironment('profile-demand', profileDemandEnvironment, runtime.environment);
  const { logger, publish } = observability('profile-demand');
  const table = { client: runtime.connect(DynamoDBClient), name: settings.TABLE_NAME };
  const seen = {
    volumes: ec2VolumeCatalog(runtime.connect(EC2Client), runtime.now),
    metrics: cloudwatchMetricHistory(runtime.connect(CloudWatchClient), runtime.now),
    almanac: dynamoAlmanac(table),
  };
  return async () => {
    const pace = steadyPace(runtime, seconds(0), minutes(13));
    const outcome = await profileAll(settings.POLICY, { ...seen, clock: runtime, pace });
    logger.info('profiled', { outcome });
    publish({ VolumesProfiled: outcome.profiled, ProfilesLeft: outcome.left });
    return outcome;
  };
};

export const handler = inLambda(profileDemand);
