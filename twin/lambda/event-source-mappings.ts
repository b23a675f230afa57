import { ServiceError } from '../service-error.ts';

interface Mapping {
  readonly uuid: string;
  readonly functionArn: string;
  readonly eventSourceArn: string;
  /** The poller itself. */
  readonly source: { isEnabled: boolean };
}

/** What polls queues and streams for functions, by UUID. */
export class EventSourceMappings {
  readonly #mappings = new Map<string, Mapping>();

  add(mapping: Mapping): void {
    this.#mappings.set(mapping.uuid, mapping);
  }

  /** @throws ResourceNotFoundException */
  get(uuid: string | undefined): Mapping {
    const mapping = this.#mappings.get(uuid ?? '');
    if (mapping !== undefined) return mapping;
    throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.', {
      httpStatusCode: 404,
    });
  }

  /** A second time does nothing. */
  delete(uuid: string): void {
    const mapping = this.#mappings.get(uuid);
    if (mapping !== undefined) mapping.source.isEnabled = false;
    this.#mappings.delete(uuid);
  }
}
