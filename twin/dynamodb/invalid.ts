import { ServiceError } from '../service-error.ts';

/** What DynamoDB answers to a request that can never succeed as it is. */
export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);
