import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/**
 * The switch people reach for with a phone and no CDK at hand: `aws ssm put-parameter --overwrite --name
 * /ebs-burst/switch --value stop`. A deployment does not turn it back on: CloudFormation writes the value only when this
 * resource changes.
 *
 * The name is fixed on purpose: a second deployment in the same account and Region fails here, before two responders
 * share one fleet.
 */
export class KillSwitch extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: '/ebs-burst/switch',
      stringValue: 'run',
      description:
        'ebs-burst-responder modifies volumes only while this says run; set anything else, e.g. stop',
    });
  }
}
