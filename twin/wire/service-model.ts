import { NormalizedSchema } from '@smithy/core/schema';
import type { $Codec, StaticErrorSchema, StaticOperationSchema } from '@smithy/types';

/** Method, path with its labels, status of the answer; only operations of REST protocols have it. */
type Http = readonly [method: string, path: string, status: number];

export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  readonly http: Http | undefined;
}

interface ErrorModel {
  readonly schema: NormalizedSchema;
  /** Code and status in the Query protocol, where they differ from the shape's name. */
  readonly queryError: readonly [code: string, status: number] | undefined;
  readonly status: number | undefined;
}

/** What a service's protocol needs to know of it, as AWS publishes it in the model that the SDK is generated from. */
export interface ServiceModel {
  /** As in the SDK, e.g. `Service Quotas`. */
  readonly serviceId: string;
  /** What requests are signed for, e.g. `monitoring` for CloudWatch. */
  readonly signingName: string;
  readonly shapeNamespace: string;
  readonly xmlNamespace: string;
  /** What stands before the operation in `X-Amz-Target`. */
  readonly target: string;
  /** The protocol's shape id, of those that it speaks the one the SDK prefers. */
  readonly protocol: string;
  /** It spoke Query once, and goes on telling the old error codes in a header. */
  readonly isQueryCompatible: boolean;
  readonly jsonCodec: $Codec<Uint8Array, string> | undefined;
  readonly operations: ReadonlyMap<string, OperationModel>;
  error(name: string): ErrorModel | undefined;
}

/** A client as the SDK builds it, as far as it tells of its service. */
export interface ModelledClient {
  readonly config: {
    readonly serviceId: string;
    readonly defaultSigningName?: string;
    readonly protocol: object;
  };
}

/** What the SDK's protocols hold about the service beside their public face. */
interface ProtocolDetails {
  readonly options: { readonly defaultNamespace: string; readonly xmlNamespace?: string };
  readonly serviceTarget?: string;
  readonly awsQueryCompatible?: boolean;
  getShapeId(): string;
  getPayloadCodec(): $Codec<Uint8Array, string>;
}

/**
 * From everything that a client's package exports, where the schema of `X` has the name `X$`, and a client of it.
 * `queryNamespace` is that of its XML where the SDK prefers another protocol and therefore does not tell it.
 */
export function serviceModel(
  exports: Readonly<Record<string, unknown>>,
  { config }: ModelledClient,
  queryNamespace = '',
): ServiceModel {
  const protocol = config.protocol as ProtocolDetails;
  const { defaultNamespace, xmlNamespace = queryNamespace } = protocol.options;
  const shapeId = protocol.getShapeId();
  return {
    serviceId: config.serviceId,
    signingName: config.defaultSigningName ?? '',
    shapeNamespace: defaultNamespace,
    xmlNamespace,
    target: protocol.serviceTarget ?? '',
    protocol: shapeId,
    isQueryCompatible: protocol.awsQueryCompatible ?? false,
    jsonCodec: /json/i.test(shapeId) ? protocol.getPayloadCodec() : undefined,
    operations: new Map(Object.values(exports).filter(isOperation).map(operationModel)),
    error: (name) => {
      const schema = exports[`${name}$`];
      return isError(schema) ? errorModel(schema) : undefined;
    },
  };
}

const isOperation = (value: unknown): value is StaticOperationSchema =>
  Array.isArray(value) && value[0] === 9;
const isError = (value: unknown): value is StaticErrorSchema => Array.isArray(value) && value[0] === -3;

const operationModel = ([, , name, traits, input, output]: StaticOperationSchema): [
  string,
  OperationModel,
] => [
  name,
  {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    http: typeof traits === 'object' ? traits.http : undefined,
  },
];

function errorModel(schema: StaticErrorSchema): ErrorModel {
  const traits = typeof schema[3] === 'object' ? schema[3] : {};
  return {
    schema: NormalizedSchema.of(schema),
    queryError: traits['awsQueryError'] as ErrorModel['queryError'],
    status: traits['httpError'] as number | undefined,
  };
}
