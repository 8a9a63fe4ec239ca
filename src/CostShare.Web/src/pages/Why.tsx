import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'

/** One household, one page: why it pays what it pays. */
export default function Why() {
  const { t } = useTranslation()
  const { household } = useParams<{ household: string }>()
  return (
    <>
      <h1>{t('why.title', { household })}</h1>
      <Link href="/">{t('back')}</Link>
    </>
  )
}
