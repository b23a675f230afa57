import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { WorkQueue } from '../../core/application/ports.ts';
import type { LookAt } from '../../core/domain/look-at.ts';
import { batches } from '../../core/domain/volume-limits.ts';
import { chunksOf, inParallel } from './batches.ts';

/** @throws Error from `enqueue` naming the volumes whose wake-up SQS refused twice. */
export function sqsWorkQueue(sqs: SQSClient, queueUrl: string): WorkQueue {
  return {
    enqueue: async (wakeUps) => {
      const refused = (
        await inParallel(chunksOf(wakeUps, batches.sqsSend), (chunk) => sent(sqs, queueUrl, chunk))
      ).flat();
      const still = (
        await inParallel(chunksOf(refused, batches.sqsSend), (chunk) => sent(sqs, queueUrl, chunk))
      ).flat();
      if (still.length === 0) return;
      throw new Error(
        `${queueUrl} refused ${still.length} of ${wakeUps.length} wake-ups twice: ${still.map(({ volumeId }) => volumeId).join(', ')}; the next sweep asks again`,
      );
    },
  };
}

/** Sends at most ten; answers those that SQS did not take. */
async function sent(
  sqs: SQSClient,
  queueUrl: string,
  wakeUps: readonly LookAt[],
): Promise<readonly LookAt[]> {
  const Entries = wakeUps.map((wakeUp, index) => ({
    Id: String(index),
    MessageBody: JSON.stringify(wakeUp),
  }));
  const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  const taken = new Set(Successful.map(({ Id }) => Id));
  return wakeUps.filter((_, index) => !taken.has(String(index)));
}
