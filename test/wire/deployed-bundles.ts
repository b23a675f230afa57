import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { deploy } from '../../cli/demo/deploy.ts';
import { synthesizeInto } from '../../cli/demo/synthesize.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { createAccount } from '../../twin/account.ts';
import type { PolicyStatement } from '../../twin/iam/policy-evaluation.ts';
import { type Bundle, Processes } from '../../twin/processes/implementations.ts';
import type { Template } from '../../twin/template/load-template.ts';
import { serveAccount } from '../../twin/wire/served-account.ts';
import { type ResponderAccount, startsAt, tokenParameter } from '../scenarios/responder-account.ts';
import { runtimeClient } from './installed-from-npm.ts';
import { statementsOf } from './policies.ts';

export interface Assembly {
  readonly template: Template;
  /** By the end of the function's construct path. */
  readonly bundleAt: (path: string) => Bundle;
  readonly remove: () => void;
}

const functionProperties = v.object({
  Code: v.object({ S3Key: v.string() }),
  Handler: v.string(),
  MemorySize: v.number(),
  Timeout: v.number(),
});

/** What `cdk deploy` would upload for these settings. */
export function assembled(props: EbsBurstResponderProps): Assembly {
  const outdir = mkdtempSync(join(tmpdir(), 'ebs-burst-assembly-'));
  const template = synthesizeInto(outdir, props);
  const resources = Object.values(template.Resources);
  const bundleAt = (path: string): Bundle => {
    const resource = resources.find((one) =>
      String(one.Metadata?.['aws:cdk:path']).endsWith(`${path}/Resource`),
    );
    if (resource === undefined) throw new Error(`the template has no function at ${path}`);
    const { Code, Handler, MemorySize, Timeout } = v.parse(functionProperties, resource.Properties);
    const folder = join(outdir, `asset.${Code.S3Key.replace('.zip', '')}`);
    return { folder, handler: Handler, memoryMebibytes: MemorySize, timeoutSeconds: Timeout };
  };
  return { template, bundleAt, remove: () => rmSync(outdir, { recursive: true }) };
}

export interface DeployedBundles extends ResponderAccount {
  /** What each Lambda's role holds, by what people call the Lambda; also after the stack is gone. */
  readonly statements: ReadonlyMap<string, readonly PolicyStatement[]>;
  readonly processes: Processes;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** An account behind HTTP with every Lambda as a process that was taken from the cloud assembly. */
export async function deployedBundles({ template, bundleAt }: Assembly): Promise<DeployedBundles> {
  const account = createAccount({
    accountId: '123456789012',
    region: 'us-east-1',
    startAt: startsAt,
    seed: 7,
  });
  const slackChannelId = account.slackWorkspace.addChannel('storage');
  account.parameters.put(tokenParameter, account.slackBotToken, 'SecureString');
  const served = await serveAccount(account, {
    host: '127.0.0.1',
    port: 0,
    beyondLoopback: false,
    speed: 0,
    clock: () => 0,
  });
  const runtime = { node: process.execPath, client: runtimeClient() };
  const processes = new Processes({ account, url: served.url, runtime });
  const deployed = await deploy(account, template, (path, functionName) =>
    processes.implementation(functionName, bundleAt(path)),
  );
  const statements = new Map(
    [...deployed.lambdaNames].map(([functionName, lambda]) => [lambda, statementsOf(account, functionName)]),
  );
  const stop = async (): Promise<void> => {
    await processes.stop();
    await served.stop();
  };
  return { account, deployed, statements, slackChannelId, processes, url: served.url, stop };
}
