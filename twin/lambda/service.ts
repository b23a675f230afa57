import type {
  GetEventSourceMappingCommandInput,
  GetFunctionConcurrencyCommandInput,
  GetFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import type { Service } from '../service.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';
import type { Functions } from './functions.ts';

/**
 * What a person can read of functions. Sources: Lambda API reference, GetFunctionConfiguration (of $LATEST without a
 * qualifier), GetFunctionConcurrency (nothing where none is reserved), GetEventSourceMapping.
 */
export const lambdaService = (functions: Functions, mappings: EventSourceMappings): Service => ({
  GetFunctionConfiguration: {
    accepts: ['FunctionName'],
    run: ({ FunctionName = '' }: GetFunctionConfigurationCommandInput) => {
      const { name, timeout, environment, role } = functions.definition(FunctionName);
      const { state, lastUpdateStatus } = functions.settings(FunctionName);
      return {
        FunctionName: name,
        FunctionArn: functions.arn(name),
        Timeout: timeout,
        ...(role !== undefined && { Role: role }),
        Environment: { Variables: { ...environment } },
        State: state,
        LastUpdateStatus: lastUpdateStatus,
        Version: '$LATEST',
      };
    },
  },
  GetFunctionConcurrency: {
    accepts: ['FunctionName'],
    run: ({ FunctionName = '' }: GetFunctionConcurrencyCommandInput) => {
      const { reservedConcurrency } = functions.definition(FunctionName);
      return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
    },
  },
  GetEventSourceMapping: {
    accepts: ['UUID'],
    run: ({ UUID }: GetEventSourceMappingCommandInput) => {
      const { uuid, functionArn, eventSourceArn, source } = mappings.get(UUID);
      return {
        UUID: uuid,
        FunctionArn: functionArn,
        EventSourceArn: eventSourceArn,
        State: source.isEnabled ? 'Enabled' : 'Disabled',
      };
    },
  },
});
