import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/client'
import { Adjustments } from './Adjustments'
import { Costs } from './Costs'
import { Group } from './Group'
import { Households } from './Households'
import { Knobs } from './Knobs'
import { SchemeChoices } from './SchemeChoices'
import { Subsidy } from './Subsidy'
import { Vote } from './Vote'

/** Everything that changes the result, each with what is wrong beside it. */
export function Inputs({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation()
  return (
    <section className="inputs" aria-labelledby="inputs">
      <h2 id="inputs">{t('inputs.title')}</h2>
      <Group title={t('knobs.title')} open>
        <Knobs />
      </Group>
      <Group title={t('costs.title')} open>
        <Costs problem={problem} />
        <Subsidy problem={problem} />
      </Group>
      <Group title={t('choices.title')}>
        <SchemeChoices problem={problem} />
      </Group>
      <Group title={t('households.title')}>
        <Households problem={problem} />
      </Group>
      <Group title={t('adjustments.title')}>
        <Adjustments problem={problem} />
      </Group>
      <Group title={t('vote.title')}>
        <Vote problem={problem} />
      </Group>
    </section>
  )
}
