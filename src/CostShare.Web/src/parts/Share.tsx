import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exported } from '../api/client'
import { type Plan, shared } from '../plan/plan'
import { read, toFragment } from '../plan/share'
import { usePlan } from '../plan/store'
import { forgetSheet } from '../sheet/kept'
import type { Answered } from '../plan/useComparison'
import { chatText } from './chatText'

/** Ways to pass it on: a link, a text for the group, a file, paper. */
export function Share({ answered }: { answered: Answered }) {
  const { t, i18n } = useTranslation()
  const { plan, open: openOther, clear } = usePlan()
  const [said, setSaid] = useState('')
  const [shown, setShown] = useState('')

  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setShown('')
      setSaid(done)
    } catch {
      // Where the clipboard is closed the text is shown, to be copied by hand.
      setShown(text)
      setSaid(t('share.byHand'))
    }
  }
  const link = async (of: Plan) => `${location.origin}/${await toFragment(of)}`
  const give = (file: Blob, name: string) => {
    const address = URL.createObjectURL(file)
    const anchor = document.createElement('a')
    anchor.href = address
    anchor.download = name
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(address), 1000)
    setSaid(t('share.saved', { name }))
  }
  const save = () => give(new Blob([JSON.stringify(shared(plan), null, 2)], { type: 'application/json' }), `${t('share.fileName')}.json`)
  const table = async (format: 'xlsx' | 'csv') => {
    const file = await exported(answered.request, format, i18n.language)
    if (file.kind === 'answer') give(file.value, `${t('share.fileName')}.${format}`)
    else setSaid(file.kind === 'problem' ? file.problem.faults.map((fault) => fault.detail).join(' ') : t('sheet.offline'))
  }
  const open = async (file: File | undefined) => {
    const opened = file ? read(await file.text()) : null
    if (opened) openOther(opened)
    setSaid(opened ? t('share.opened') : t('share.notAPlan'))
  }

  return (
    <section aria-labelledby="share" className="share">
      <h2 id="share">{t('share.title')}</h2>
      <p className="hint">{t('share.secret')}</p>
      <div className="buttons">
        <button type="button" className="plain" onClick={async () => copy(await link(plan), t('share.linkCopied'))}>
          {t('share.link')}
        </button>
        <button
          type="button"
          className="plain"
          onClick={async () => copy(chatText(t, answered, await link(answered.plan)), t('share.textCopied'))}
        >
          {t('share.text')}
        </button>
        <button type="button" className="plain" onClick={() => print()}>
          {t('share.print')}
        </button>
        <button type="button" className="plain" onClick={() => void table('xlsx')}>
          {t('share.xlsx')}
        </button>
        <button type="button" className="plain" onClick={() => void table('csv')}>
          {t('share.csv')}
        </button>
        <button type="button" className="plain" onClick={save}>
          {t('share.save')}
        </button>
        <label className="plain file">
          {t('share.open')}
          <input
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0]
              event.currentTarget.value = ''
              void open(file)
            }}
          />
        </label>
        <button
          type="button"
          className="plain"
          onClick={() => {
            if (!confirm(t('share.clearSure'))) return
            forgetSheet()
            clear()
            setSaid(t('share.cleared'))
          }}
        >
          {t('share.clear')}
        </button>
      </div>
      <p role="status">{said}</p>
      {shown && (
        <textarea readOnly rows={6} value={shown} aria-label={t('share.byHand')} onFocus={(event) => event.currentTarget.select()} />
      )}
    </section>
  )
}
