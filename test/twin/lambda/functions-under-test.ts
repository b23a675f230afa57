import { SQSClient } from '@aws-sdk/client-sqs';
import { connect } from '../../../twin/connect.ts';
import { createEndpoint } from '../../../twin/endpoint.ts';
import { AsynchronousInvocations } from '../../../twin/lambda/asynchronous-invocations.ts';
import type { FunctionDefinition } from '../../../twin/lambda/function-definition.ts';
import { Functions } from '../../../twin/lambda/functions.ts';
import { Simulation } from '../../../twin/simulation.ts';
import { Queues } from '../../../twin/sqs/queues.ts';
import { sqsService } from '../../../twin/sqs/service.ts';

export const START = Date.parse('2026-11-22T10:00:00Z');

/** One function `respond` beside the queues `out` and `failures`, which it reaches through a real client. */
export function functionsUnderTest(definition: Partial<FunctionDefinition> = {}) {
  const simulation = new Simulation(START);
  const shared = { simulation, accountId: '123456789012', region: 'eu-central-1' };
  const queues = new Queues(shared);
  const out = queues.create({ name: 'out' });
  const failures = queues.create({ name: 'failures' });
  const functions = new Functions(shared);
  functions.create({ name: 'respond', environment: { MODE: 'act' }, timeout: 30, ...definition });
  const invocations = new AsynchronousInvocations({ simulation, functions, queues });
  const endpoint = createEndpoint({
    services: { SQS: sqsService(queues, () => simulation.now) },
    simulation,
  });
  const client = connect(new SQSClient({ region: 'eu-central-1' }), functions.guard(endpoint), 'respond');
  return { ...shared, queues, out, failures, functions, invocations, endpoint, client };
}
