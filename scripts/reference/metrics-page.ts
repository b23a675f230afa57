import { metricScope, metrics } from '../../lambda/environments/metrics.ts';
import { type SynthesizedStack, synthesizedStack, type TemplateResource } from '../synthesized-stack.ts';
import { code, type Page, page, table } from './page.ts';

export const metricsPage: Page = {
  file: 'metrics.md',
  render: () =>
    page(
      'Metrics and alarms of the responder itself',
      `Namespace ${code(metricScope.namespace)}, dimension ${code(`service=${metricScope.service}`)}, in embedded metric format.`,
      table(
        ['metric', 'unit', 'published by', 'meaning'],
        Object.entries(metrics).map(([name, { unit, emittedBy, meaning }]) => [
          code(name),
          unit,
          emittedBy,
          meaning,
        ]),
      ),
      'These alarms go from CloudWatch straight to the topic (and `alarmActions`), past the functions they watch:',
      table(
        ['watched', 'alarm', 'without data'],
        alarmsIn(synthesizedStack()).map((alarm) => [
          watchedBy(alarm),
          meaningOf(alarm),
          String(alarm['TreatMissingData']),
        ]),
      ),
    ),
};

type AlarmProperties = NonNullable<TemplateResource['Properties']>;

const alarmsIn = ({ template }: SynthesizedStack): readonly AlarmProperties[] =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties = {} }) => Properties);

const watchedBy = ({ Namespace, MetricName }: AlarmProperties): string => code(`${Namespace} ${MetricName}`);

const meaningOf = ({ AlarmDescription }: AlarmProperties): string =>
  String(AlarmDescription)
    .replace(/^ebs-burst-responder: /, '')
    .replace(/\. What to do: .*$/, '');
