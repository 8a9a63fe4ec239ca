import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, compare, type Schemas } from '../api/client'
import { asking } from './asking'
import { type Plan, request } from './plan'

// Everything is carried out many times over, so it waits until a slider rests.
const pause = 300

/** How the bills of a scheme move when one thing changes; null until it has come for this plan and scheme. */
export function useSensitivity(plan: Plan, scheme: string): Answer<Schemas['Sensitivity']> | null {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const [told, setTold] = useState<{ plan: Plan; scheme: string; answer: Answer<Schemas['Sensitivity']> } | null>(null)
  useEffect(() => {
    const whole = request(plan, t)
    const asked = { ...whole, schemes: whole.schemes.filter((entry) => entry.id === scheme) }
    return asking(
      pause,
      (signal) => compare(asked, ['sensitivity'], language, signal),
      (answer) =>
        setTold({
          plan,
          scheme,
          answer: answer.kind === 'answer' ? { kind: 'answer', value: answer.value.schemes[0]!.sensitivity! } : answer,
        }),
    )
  }, [plan, scheme, language, t])
  return told?.plan === plan && told.scheme === scheme ? told.answer : null
}
