/** A request as it came, its body decompressed; names of headers are in lower case. */
export interface WireRequest {
  readonly method: string;
  /** With the query string, without the host. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** In bytes, compressed or not. The most that any of these APIs takes: DynamoDB API reference, BatchWriteItem. */
export const LARGEST_BODY = 16 * 1_024 * 1_024;

export const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);
