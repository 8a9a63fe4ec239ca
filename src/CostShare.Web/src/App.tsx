import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Route, Switch } from 'wouter'
import { Calculator } from './pages/Calculator'
import { patiently } from './plan/patiently'
import { choose } from './texts/i18n'

const sheet = () => patiently(() => import('./pages/Sheet'))
const why = () => patiently(() => import('./pages/Why'))
const Sheet = lazy(sheet)
const Why = lazy(why)

/** The frame of every page: what it is, where to go, in which language. */
export function App() {
  const { t, i18n } = useTranslation()
  useEffect(() => {
    // Another page begins at its top; back returns to where one was.
    const begin = () => {
      scrollTo(0, 0)
      document.getElementById('main')?.focus({ preventScroll: true })
    }
    addEventListener('pushState', begin)
    return () => removeEventListener('pushState', begin)
  }, [])
  useEffect(() => {
    // The other pages are fetched while nothing else is to be done, so that they open without a connection too.
    const timer = setTimeout(() => void Promise.all([why(), sheet()]), 1500)
    return () => clearTimeout(timer)
  }, [])
  const other = i18n.language === 'en' ? 'zh-CN' : 'en'
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="head">
        <Link href="/" className="brand">
          {t('title')}
        </Link>
        <nav>
          <Link href="/sheet">{t('sheet.nav')}</Link>
        </nav>
        <button type="button" className="plain" lang={other} onClick={() => void choose(other)}>
          {other === 'en' ? 'English' : '中文'}
        </button>
      </header>
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/" component={Calculator} />
            <Route path="/why/:household" component={Why} />
            <Route path="/sheet" component={Sheet} />
            <Route>
              <p>{t('notFound')}</p>
              <Link href="/">{t('back')}</Link>
            </Route>
          </Switch>
        </Suspense>
      </main>
      <footer className="foot">
        <p>{t('promise')}</p>
      </footer>
    </>
  )
}

/** What stands there until a page is fetched. */
function Waiting() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(whenConnected, () => navigator.onLine)
  return online ? (
    <p role="status">{t('loading')}</p>
  ) : (
    <p role="alert" className="notice">
      {t('why.offline')}
    </p>
  )
}

function whenConnected(tell: () => void) {
  addEventListener('online', tell)
  addEventListener('offline', tell)
  return () => {
    removeEventListener('online', tell)
    removeEventListener('offline', tell)
  }
}
