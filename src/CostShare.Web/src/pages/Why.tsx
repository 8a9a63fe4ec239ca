import { NativeSelect } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearch } from 'wouter'
import { type Answer, explain, type Schemas } from '../api/client'
import Changes from '../parts/Changes'
import { yuan } from '../parts/figures'
import { Refused } from '../parts/Refused'
import { labelOf } from '../parts/schemes'
import { asking } from '../plan/asking'
import { type Plan, request } from '../plan/plan'
import { usePlan } from '../plan/store'

interface Question {
  plan: Plan
  household: string
  scheme: string
}

/** One household, one page: why it pays what it pays, step by step, as it can be checked with a calculator. */
export default function Why() {
  const { t, i18n } = useTranslation()
  const { plan } = usePlan()
  const [, go] = useLocation()
  const household = householdOf(location.pathname)
  const wanted = new URLSearchParams(useSearch()).get('scheme')
  const choice = plan.schemes.find((scheme) => scheme.id === wanted) ?? plan.schemes[0]!
  const [last, setLast] = useState<{ of: Question; answer: Answer<Schemas['HouseholdExplanation']> } | null>(null)

  useEffect(
    () =>
      asking(
        0,
        (signal) => explain(request(plan, t), household, choice.id, i18n.language, signal),
        (answer) => setLast({ of: { plan, household, scheme: choice.id }, answer }),
      ),
    [plan, household, choice.id, i18n.language, t],
  )

  // An answer to another question is none.
  const isAsked = last?.of.plan === plan && last.of.household === household && last.of.scheme === choice.id
  const answer = isAsked ? last.answer : null
  const told = answer?.kind === 'answer' ? answer.value : null
  const scheme = told?.schemes[0]
  return (
    <article className="why">
      <p className="noPrint">
        <Link href="/">{t('back')}</Link>
      </p>
      <h1>{t('why.title', { household })}</h1>
      <NativeSelect
        className="noPrint"
        label={t('why.scheme')}
        data={plan.schemes.map((entry) => ({ value: entry.id, label: labelOf(t, entry) }))}
        value={choice.id}
        // The focus stays in the list, and back leads to where one came from.
        onChange={(event) =>
          go(`/why/${encodeURIComponent(household)}?scheme=${encodeURIComponent(event.currentTarget.value)}`, { replace: true })
        }
      />
      <Refused answer={answer} offline={t('why.offline')} />
      {!answer && <p role="status">{t('loading')}</p>}
      {told && scheme && (
        <>
          <p className="verdict">
            {t('why.pays', { household, floor: told.floor, area: told.areaM2, scheme: labelOf(t, choice) })}
            <strong className="amount">
              {yuan(scheme.amountFen, true)} {t('yuan')}
            </strong>
          </p>
          <section aria-labelledby="money">
            <h2 id="money">{t('why.money')}</h2>
            {told.funding.length === 0 && <p>{t('why.noFunding')}</p>}
            {told.funding.map((source) => (
              <div key={source.id}>
                <h3>
                  {source.id} {yuan(source.amountFen, true)} {t('yuan')}
                </h3>
                <ol className="steps">
                  {source.steps.map((step, i) => (
                    <li key={i}>{step}</li>
                  ))}
                </ol>
              </div>
            ))}
          </section>
          <section aria-labelledby="share">
            <h2 id="share">{t('why.share')}</h2>
            <ol className="steps">
              {scheme.steps.map((step, i) => (
                <li key={i}>{step}</li>
              ))}
            </ol>
            <p className="closing">{scheme.closing}</p>
            <p className="hint">{t('why.check')}</p>
          </section>
          <section aria-labelledby="changes">
            <h2 id="changes">{t('changes.why')}</h2>
            <Changes scheme={choice.id} household={household} />
          </section>
        </>
      )}
      <p className="buttons noPrint">
        <button type="button" className="plain" onClick={() => print()}>
          {t('why.print')}
        </button>
      </p>
    </article>
  )
}

/** The household of an address. The router would leave the letters that part an address as they are, and a household may be called 3/2. */
function householdOf(path: string): string {
  const name = path.slice('/why/'.length)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
