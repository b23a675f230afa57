import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EbsBurstStack } from '../lib/ebs-burst-stack.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
new EbsBurstStack(app, 'EbsBurst', { responder: app.node.tryGetContext('ebs-burst') });
