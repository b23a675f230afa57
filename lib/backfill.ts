import { Validations } from 'aws-cdk-lib';
import { InvocationType, Trigger } from 'aws-cdk-lib/triggers';
import { Construct, type IConstruct } from 'constructs';
import type { AlarmKeeper } from './alarm-keeper.ts';

/**
 * The first census starts when everything stands, instead of up to 15 minutes later. The invocation is asynchronous:
 * a long backfill cannot hold a deployment and a failing one cannot roll it back; it ends in the keeper's dead letters.
 */
export class Backfill extends Construct {
  constructor(scope: Construct, id: string, keeper: AlarmKeeper, after: readonly IConstruct[]) {
    super(scope, id);
    const trigger = new Trigger(this, 'Trigger', {
      handler: keeper.keepAlarms.function,
      invocationType: InvocationType.EVENT,
    });
    trigger.executeAfter(...after);
    Validations.of(keeper.keepAlarms.function).acknowledge({
      id: 'Annotation::@aws-cdk/aws-lambda:addPermissionsToVersionOrAlias',
      reason: 'The trigger invokes the version by its own role; the rules invoke the function itself.',
    });
  }
}
