import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { NodejsFunction, type NodejsFunctionProps, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { type Permission, toStatement } from './permission.ts';
import { reportFailures, writeLogs } from './permissions.ts';

export type HandlerName =
  | 'respond'
  | 'keep-alarms'
  | 'sweep'
  | 'profile-demand'
  | 'deliver-notice'
  | 'clean-up';

/** What `lambda/environments/<handler>.ts` declares; `undefined` leaves an optional variable out. */
type EnvironmentOf<Environment> = { readonly [Key in keyof Environment]: string | undefined };

interface AsyncInvocation {
  readonly retries: 0 | 1 | 2;
  /** An event older than this is not tried again. */
  readonly maxAge: Duration;
}

export interface RuntimeFunctionProps<Environment> {
  readonly handler: HandlerName;
  readonly description: string;
  readonly environment: Environment;
  readonly permissions: readonly Permission[];
  readonly timeout: Duration;
  readonly memoryMebibytes: number;
  readonly logRetention: RetentionDays;
  /** Where asynchronous invocations end that failed for good, and how long they are tried. */
  readonly failures: DeadLetterQueue;
  readonly asynchronous: AsyncInvocation;
}

const root = join(import.meta.dirname, '..');

/**
 * The house function: Node.js 24 on arm64, one bundled ES module, JSON logs in its own log group, and a role that holds
 * the listed permissions and nothing else. CDK's own grants are switched off (an immutable view of the role goes to the
 * function), so that what the template allows is what lib/permissions.ts says.
 */
export class RuntimeFunction<Environment extends EnvironmentOf<Environment>> extends Construct {
  readonly handler: HandlerName;
  readonly function: NodejsFunction;
  readonly permissions: readonly Permission[];

  constructor(scope: Construct, id: string, props: RuntimeFunctionProps<Environment>) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.handler = props.handler;
    this.permissions = [...props.permissions, reportFailures(props.failures), writeLogs(logGroup)];
    this.function = new NodejsFunction(this, 'Function', {
      ...house,
      ...asynchronously(props),
      currentVersionOptions: { ...asynchronously(props), removalPolicy: RemovalPolicy.DESTROY },
      ...codeOf(props.handler),
      description: props.description,
      environment: definedOnly(props.environment),
      timeout: props.timeout,
      memorySize: props.memoryMebibytes,
      role: this.roleHolding(this.permissions).withoutPolicyUpdates(),
      logGroup,
    });
  }

  private roleHolding(permissions: readonly Permission[]): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { handler: new PolicyDocument({ statements: permissions.map(toStatement) }) },
    });
    for (const { sid, resources, wildcard } of permissions) {
      if (wildcard === undefined) continue;
      const acknowledgements = resources.map((resource) => ({
        id: `AwsSolutions-IAM5[Resource::${flattened(Stack.of(this).resolve(resource))}]`,
        reason: `${sid}: ${wildcard}`,
      }));
      Validations.of(role).acknowledge(...acknowledgements);
    }
    return role;
  }
}

/** A resolved ARN the way cdk-nag names it in a finding, e.g. `arn:<AWS::Partition>:ec2:…:volume/*`. */
function flattened(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const { Ref, 'Fn::Join': join } = resolved as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  return join === undefined ? `<${Ref}>` : join[1].map(flattened).join(join[0]);
}

/** A package carries its handlers bundled by `npm run build`: what bundles them here, sources and esbuild, stays at home. */
function codeOf(handler: HandlerName): Pick<NodejsFunctionProps, 'code' | 'entry' | 'handler'> {
  const bundled = join(root, 'handlers', handler);
  return existsSync(bundled)
    ? { code: Code.fromAsset(bundled), handler: 'index.handler' }
    : { entry: join(root, 'lambda', 'handlers', `${handler}.ts`) };
}

/**
 * The SDK is bundled because the copy in the runtime lags behind the API; `module` first lets esbuild shake it, and some
 * of its dependencies still call `require`. Names are kept for the stack traces of the logs. What each setting costs or
 * saves is measured: docs/coldstart.md.
 */
export const house = {
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  loggingFormat: LoggingFormat.JSON,
  projectRoot: root,
  depsLockFilePath: join(root, 'package-lock.json'),
  bundling: {
    format: OutputFormat.ESM,
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    bundleAwsSDK: true,
    banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    esbuildArgs: {
      '--alias': '@aws-sdk/credential-provider-node=./lambda/wiring/environment-credentials.ts',
    },
  },
} satisfies NodejsFunctionProps;

/** Of $LATEST and of versions alike: a version does not inherit the failure destination. */
const asynchronously = ({
  failures,
  asynchronous,
}: Pick<RuntimeFunctionProps<unknown>, 'failures' | 'asynchronous'>) => ({
  onFailure: new SqsDestination(failures),
  retryAttempts: asynchronous.retries,
  maxEventAge: asynchronous.maxAge,
});

const definedOnly = <Environment extends EnvironmentOf<Environment>>(environment: Environment) =>
  Object.fromEntries(
    Object.entries<string | undefined>(environment).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );
