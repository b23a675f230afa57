import type { GetParameterCommandInput } from '@aws-sdk/client-ssm';
import type { Service } from './service.ts';
import { NotImitatedError, ServiceError } from './service-error.ts';
import type { Simulation, TwinTime } from './simulation.ts';
import type { RateOf } from './throttle.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly modifiedAt: TwinTime;
}

/** Parameter Store. `put` and `delete` are for tests: what a person does in the console. */
export class Parameters {
  readonly #simulation: Simulation;
  readonly #arnPrefix: string;
  readonly #parameters = new Map<string, Parameter>();

  constructor({
    simulation,
    accountId,
    region,
  }: { simulation: Simulation; accountId: string; region: string }) {
    this.#simulation = simulation;
    this.#arnPrefix = `arn:aws:ssm:${region}:${accountId}:parameter`;
  }

  put(name: string, value: string, type: ParameterType = 'String'): void {
    const version = (this.#parameters.get(name)?.version ?? 0) + 1;
    this.#parameters.set(name, { name, type, value, version, modifiedAt: this.#simulation.now });
  }

  /** Creation by CloudFormation. @throws ParameterAlreadyExists: a second deployment with a fixed name fails. */
  create(name: string, value: string, type: ParameterType): void {
    if (this.#parameters.has(name)) {
      throw new ServiceError('ParameterAlreadyExists', `The parameter already exists: ${name}`);
    }
    this.put(name, value, type);
  }

  delete(name: string): void {
    this.#parameters.delete(name);
  }

  /** @throws ParameterNotFound */
  get(name: string): Parameter & { readonly arn: string } {
    const parameter = this.#parameters.get(name);
    if (parameter === undefined) throw new ServiceError('ParameterNotFound', `Parameter ${name} not found.`);
    return { ...parameter, arn: `${this.#arnPrefix}${name.startsWith('/') ? name : `/${name}`}` };
  }
}

export function ssmService(parameters: Parameters): Service {
  return {
    GetParameter: {
      accepts: ['Name', 'WithDecryption'],
      run: ({ Name = '', WithDecryption = false }: GetParameterCommandInput) => {
        const parameter = parameters.get(Name);
        if (parameter.type === 'SecureString' && !WithDecryption) {
          throw new NotImitatedError(
            `SSM:GetParameter of SecureString ${Name} without WithDecryption answers ciphertext`,
          );
        }
        return {
          Parameter: {
            Name: parameter.name,
            Type: parameter.type,
            Value: parameter.value,
            Version: parameter.version,
            LastModifiedDate: new Date(parameter.modifiedAt),
            ARN: parameter.arn,
            DataType: 'text',
          },
        };
      },
    },
  };
}

/** Of all reads together. Source: AWS General Reference, Systems Manager quotas, "Parameter Store, default throughput". */
export const SSM_RATES: RateOf = () => ({
  bucket: 'parameters',
  rate: { capacity: 40, perSecond: 40 },
});
