import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, compare, type Schemas } from '../api/client'
import { type Plan, request } from './plan'

// Everything is carried out many times over, so it waits until a slider rests.
const pause = 300

/** How the bills of a scheme move when one thing changes; null until it has come. */
export function useSensitivity(plan: Plan, scheme: string): Answer<Schemas['Sensitivity']> | null {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const [answer, setAnswer] = useState<Answer<Schemas['Sensitivity']> | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const ask = async () => {
      const whole = request(plan, t)
      const asked = { ...whole, schemes: whole.schemes.filter((entry) => entry.id === scheme) }
      try {
        const told = await compare(asked, ['sensitivity'], language, stop.signal)
        setAnswer(told.kind === 'answer' ? { kind: 'answer', value: told.value.schemes[0]!.sensitivity! } : told)
      } catch (failure) {
        if (!stop.signal.aborted) throw failure
      }
    }
    const timer = setTimeout(ask, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [plan, scheme, language, t])
  return answer
}
