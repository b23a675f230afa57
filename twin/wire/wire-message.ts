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

export const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);
