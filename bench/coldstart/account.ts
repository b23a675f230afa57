import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deploy } from '../../cli/demo/deploy.ts';
import { synthesize } from '../../cli/demo/synthesize.ts';
import type { HandlerName } from '../../lib/runtime-function.ts';
import { createAccount } from '../../twin/account.ts';
import { constantDemand } from '../../twin/ebs/open-loop-workload.ts';
import { serveAccount } from '../../twin/wire/served-account.ts';

export interface ServedDeployment {
  readonly environmentOf: (handler: HandlerName) => Readonly<Record<string, string>>;
  /** Something each handler is woken by where nothing is the matter. */
  readonly eventOf: (handler: HandlerName) => unknown;
  readonly stop: () => Promise<void>;
}

/** Nothing that synthesis would warn of. */
const unremarkable = { runbookUrl: 'https://wiki.example.com/ebs-burst-runbook' };

const region = 'us-east-1';
const warmUp = 60 * 60_000;

/** An account with the responder and one quiet volume in it, served on loopback in AWS's protocols. */
export async function servedDeployment(): Promise<ServedDeployment> {
  const startAt = Date.now() - warmUp;
  const account = createAccount({ accountId: '123456789012', region, startAt, seed: 1 });
  const { volumes } = account.ebs;
  const { id: volumeId } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100, tags: {} });
  volumes.attach(volumeId, volumes.createInstance().id, '/dev/sdf');
  volumes.setWorkload(volumeId, constantDemand({ iops: 40, ioBytes: 16_384 }));
  const { lambdaNames } = await deploy(account, synthesize(unremarkable));
  await account.simulation.runUntil(startAt + warmUp);
  const { url, stop } = await serveAccount(account, {
    host: '127.0.0.1',
    port: 0,
    beyondLoopback: false,
    speed: 1,
    clock: Date.now,
  });
  const cloudFormation = await answerTaker();
  const environmentOf = (handler: HandlerName) => {
    const [functionName] = [...lambdaNames].find(([, name]) => name === handler) ?? [];
    if (functionName === undefined) throw new Error(`the account has no function ${handler}`);
    return {
      ...account.functions.definition(functionName).environment,
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL: url,
    };
  };
  return {
    environmentOf,
    eventOf: (handler) => eventFor(handler, volumeId, cloudFormation.url),
    stop: async () => {
      cloudFormation.stop();
      await stop();
    },
  };
}

function eventFor(handler: HandlerName, volumeId: string, ResponseURL: string): unknown {
  if (handler === 'respond') {
    const body = { kind: 'look-at', volumeId, because: 'sweep', mute: { kind: 'unsaid' } };
    return { Records: [{ messageId: '1', body: JSON.stringify(body) }] };
  }
  if (handler !== 'clean-up') return {};
  const ids = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'CleanUp' };
  return { RequestType: 'Create', ResponseURL, ...ids };
}

/** Where CloudFormation takes the answers of custom resources. */
async function answerTaker(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer((request, response) => request.resume().on('end', () => response.end()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/answer`, stop: () => void server.close() };
}
