import { randomStream } from '../random.ts';
import { ServiceError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import { noSuchTable, Table } from './table.ts';
import type { TableDefinition } from './table-definition.ts';

export interface TablesOptions {
  readonly simulation: Simulation;
  readonly accountId: string;
  readonly region: string;
  readonly seed: number;
}

/** All tables of an account in its Region. */
export class Tables {
  readonly #options: TablesOptions;
  readonly #tables = new Map<string, Table>();

  constructor(options: TablesOptions) {
    this.#options = options;
  }

  create(definition: TableDefinition): Table {
    const { simulation, accountId, region, seed } = this.#options;
    if (this.#tables.has(definition.name)) {
      throw new ServiceError('ResourceInUseException', `Table already exists: ${definition.name}`);
    }
    const table = new Table({
      definition,
      arn: `arn:aws:dynamodb:${region}:${accountId}:table/${definition.name}`,
      region,
      simulation,
      random: randomStream(seed, `dynamodb ${definition.name}`),
    });
    this.#tables.set(definition.name, table);
    return table;
  }

  /** By name. */
  get all(): readonly Table[] {
    return [...this.#tables.keys()].sort().map((name) => this.get(name));
  }

  /** By name or ARN, as the API takes either. @throws ResourceNotFoundException */
  get(nameOrArn: string | undefined): Table {
    const table = this.#tables.get(nameOrArn?.replace(/^arn:[^/]*:table\//, '') ?? '');
    if (table === undefined) throw noSuchTable();
    return table;
  }

  byStreamArn(arn: string): Table | undefined {
    return [...this.#tables.values()].find(({ stream }) => stream?.arn === arn);
  }

  delete(name: string): void {
    if (!this.#tables.delete(name)) throw noSuchTable();
  }
}
