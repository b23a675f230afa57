/** Resource types that are left out, each with the reason why nothing the twin shows depends on it. */
export const IGNORED_RESOURCES: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy':
    'permissions are tested on the template; a denial is scripted or given to the account as its policy',
  'AWS::IAM::ManagedPolicy': 'as AWS::IAM::Policy',
  'AWS::Lambda::Permission': 'as AWS::IAM::Policy',
  'AWS::SQS::QueuePolicy': 'as AWS::IAM::Policy',
  'AWS::SNS::TopicPolicy': 'as AWS::IAM::Policy',
  'AWS::KMS::Key': 'encryption does not change what is stored',
  'AWS::KMS::Alias': 'as AWS::KMS::Key',
  'AWS::Logs::LogGroup': 'logs are read from the handlers themselves',
  'AWS::CloudWatch::Dashboard': 'for people; its body is tested on the template',
  'AWS::CDK::Metadata': 'usage statistics of the CDK',
};

/** Service and resource of an ARN; CloudFormation gives that of a log group with `:*` at its end (template reference, AWS::Logs::LogGroup). */
export const IGNORED_ARNS: Readonly<
  Record<string, (id: string) => readonly [service: string, resource: string]>
> = {
  'AWS::KMS::Key': (id) => ['kms', `key/${id}`],
  'AWS::Logs::LogGroup': (id) => ['logs', `log-group:${id}:*`],
};
