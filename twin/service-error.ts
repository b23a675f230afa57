/** An error as an SDK client would throw it: `name` carries AWS's error code. */
export class ServiceError extends Error {
  override readonly name: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string };
  readonly [detail: string]: unknown;

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    const { $fault = 'client', httpStatusCode = 400, requestId = 'twin', ...rest } = details;
    this.name = code;
    this.$fault = $fault as 'client' | 'server';
    this.$metadata = { httpStatusCode: httpStatusCode as number, requestId: requestId as string };
    Object.assign(this, rest);
  }
}

/** The twin was asked for something it does not imitate: a defect of the test or a gap of the twin, never an answer. */
export class NotImitatedError extends Error {
  override readonly name = 'NotImitatedError';
}
