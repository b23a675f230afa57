import type { ServiceError } from '../service-error.ts';
import type { OperationModel, ServiceModel } from './service-model.ts';
import type { WireAnswer, WireRequest } from './wire-message.ts';

export interface Asked {
  readonly operation: OperationModel;
  /** Shaped as the SDK's command input. */
  readonly input: object;
}

/** One of AWS's protocols, seen from the side of the service. */
export interface WireProtocol {
  /** @throws ServiceError for what AWS would refuse before the operation sees it. */
  read(model: ServiceModel, request: WireRequest): Promise<Asked>;
  answer(model: ServiceModel, operation: OperationModel, output: object, requestId: string): WireAnswer;
  refuse(model: ServiceModel, error: ServiceError, requestId: string): WireAnswer;
}
