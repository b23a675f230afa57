import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Account } from '../account.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import { awsJson } from './aws-json.ts';
import { awsQuery, ec2Query } from './aws-query.ts';
import { restJson } from './rest-json.ts';
import { rpcCbor } from './rpc-cbor.ts';
import type { ServiceModel } from './service-model.ts';
import { serviceModels } from './service-models.ts';
import { LARGEST_BODY, type WireAnswer, type WireRequest } from './wire-message.ts';
import type { Asked, WireProtocol } from './wire-protocol.ts';

/** The connection is to be cut without an answer: a scripted fault of the network. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * What one account answers to a signed request. The signature itself is not checked: whoever reaches the twin may call it,
 * in the name that stands where the access key id is.
 * @throws NoAnswer, and any defect of the twin
 */
export async function answer(account: Account, request: WireRequest): Promise<WireAnswer> {
  const signed = signatureOf(request.headers['authorization']);
  if (signed === undefined) {
    const message =
      'Request is missing Authentication Token: sign it (AWS Signature Version 4) with any access key';
    return plain(403, 'MissingAuthenticationToken', message);
  }
  const model = serviceModels.get(signed.service);
  if (model === undefined) {
    const known = [...serviceModels.keys()].join(', ');
    return plain(
      501,
      'NotImitated',
      `requests signed for "${signed.service}" are not imitated; imitated: ${known}`,
    );
  }
  const protocol = protocolOf(model, request);
  let asked: Asked | undefined;
  try {
    demandRegion(account, signed.region);
    asked = await protocol.read(model, decompressed(request));
    const { operation, input } = asked;
    const output = await account.endpoint(model.serviceId, operation.name, input, signed.accessKeyId);
    const requestId = requestIdOf(account, input);
    return identified(protocol.answer(model, operation, output, requestId), requestId);
  } catch (error) {
    const requestId = requestIdOf(account, asked?.input);
    return identified(protocol.refuse(model, refusalOf(error), requestId), requestId);
  }
}

/** Each answer has an id of its own, a refusal too; that of a call is the one under which it is listed. */
const requestIdOf = ({ endpoint }: Account, input: object | undefined): string =>
  endpoint.calls.findLast((call) => call.input === input)?.requestId ?? randomUUID();

interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const CREDENTIAL =
  /Credential=(?<accessKeyId>[^,]+)\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request/;

const signatureOf = (authorization = ''): Signature | undefined =>
  CREDENTIAL.exec(authorization)?.groups as Signature | undefined;

function demandRegion({ place }: Account, region: string): void {
  if (region === place.region) return;
  throw new ServiceError(
    'SignatureDoesNotMatch',
    `Credential should be scoped to a valid region, not '${region}'; this account lives in ${place.region}`,
    { httpStatusCode: 403 },
  );
}

const NATIVE: Readonly<Record<string, WireProtocol>> = {
  'aws.protocols#awsQuery': awsQuery,
  'aws.protocols#ec2Query': ec2Query,
  'aws.protocols#restJson1': restJson,
};

/** Some services speak several; a request says in which it is written. A form may also be a query string. */
function protocolOf({ protocol }: ServiceModel, { headers, path }: WireRequest): WireProtocol {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return rpcCbor;
  if (headers['x-amz-target'] !== undefined) return awsJson;
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (isForm || /[?&]Action=/.test(path)) return protocol === 'aws.protocols#ec2Query' ? ec2Query : awsQuery;
  return NATIVE[protocol] ?? awsJson;
}

/** The SDK compresses large bodies of PutMetricData. @throws ServiceError for what is not gzip although it says so */
function decompressed(request: WireRequest): WireRequest {
  if (request.headers['content-encoding'] !== 'gzip') return request;
  try {
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: LARGEST_BODY }) };
  } catch (error) {
    throw new ServiceError('SerializationException', `body is not gzip: ${(error as Error).message}`);
  }
}

/** @throws what no service would tell of: NoAnswer, or a defect of the twin, which must not look like a broken connection */
function refusalOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof NotImitatedError) {
    return new ServiceError('NotImitated', error.message, { $fault: 'server', httpStatusCode: 501 });
  }
  const { name, message, $fault, $metadata } = error as Error & Partial<ServiceError>;
  if ($metadata?.httpStatusCode === undefined) throw error;
  return new ServiceError(name, message, { ...(error as object), $fault, ...$metadata });
}

const identified = (reply: WireAnswer, requestId: string): WireAnswer => ({
  ...reply,
  headers: { ...reply.headers, 'x-amzn-requestid': requestId },
});

const plain = (status: number, code: string, message: string): WireAnswer =>
  identified(
    {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: JSON.stringify({ __type: code, message }),
    },
    randomUUID(),
  );
