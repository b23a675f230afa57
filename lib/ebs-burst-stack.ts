import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EbsBurstResponder } from './ebs-burst-responder.ts';
import type { EbsBurstResponderProps } from './responder-props.ts';

export interface EbsBurstStackProps extends StackProps {
  /** What people set, e.g. the object `ebs-burst` in the context of cdk.json.
   * @default every default of EbsBurstResponderProps */
  readonly responder?: EbsBurstResponderProps;
}

/** The whole responder as one stack; deploy it once per account and Region. */
export class EbsBurstStack extends Stack {
  readonly responder: EbsBurstResponder;

  constructor(scope: Construct, id: string, props: EbsBurstStackProps = {}) {
    super(scope, id, {
      description: 'Watches and relieves EBS burst credits (ebs-burst-responder)',
      ...props,
    });
    this.responder = new EbsBurstResponder(this, 'Responder', props.responder);
    new CfnOutput(this, 'NoticeTopicArn', {
      description: 'Subscribe machines and people here',
      value: this.responder.notices.topic.topic.topicArn,
    });
    new CfnOutput(this, 'SwitchParameter', {
      description: 'Set it to anything but run to stop all modifications',
      value: this.responder.killSwitch.parameter.parameterName,
    });
    new CfnOutput(this, 'CaseTableName', {
      description: 'Stays when the stack is deleted; it knows how to put moved volumes back',
      value: this.responder.table.tableName,
    });
    new CfnOutput(this, 'Policy', {
      description: 'What it decides by, with every default; ebs-burst explain reads it',
      value: this.responder.policy,
    });
  }
}
