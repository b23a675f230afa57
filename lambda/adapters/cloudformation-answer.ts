import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

export type CloudFormationResult =
  | { readonly status: 'SUCCESS' }
  | { readonly status: 'FAILED'; readonly reason: string };

/**
 * Tells CloudFormation how a custom resource fared, by a PUT to the address that came with the request.
 * @throws Error when CloudFormation did not take it: it would wait for its own time limit, so Lambda should try again.
 */
export async function answerCloudFormation(
  event: CloudFormationCustomResourceEvent,
  result: CloudFormationResult,
  fetchIt: typeof fetch,
): Promise<void> {
  const body = JSON.stringify({
    Status: result.status,
    Reason: result.status === 'FAILED' ? result.reason : undefined,
    PhysicalResourceId: 'ebs-burst-clean-up',
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
  // The address is signed for exactly these headers: an empty content type.
  const answer = await fetchIt(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } });
  if (!answer.ok)
    throw new Error(`CloudFormation took no answer for ${event.LogicalResourceId}: HTTP ${answer.status}`);
}
