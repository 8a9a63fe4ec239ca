import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Route, Switch } from 'wouter'
import { Calculator } from './pages/Calculator'
import { choose } from './texts/i18n'

const Sheet = lazy(() => import('./pages/Sheet'))
const Why = lazy(() => import('./pages/Why'))

/** The frame of every page: what it is, where to go, in which language. */
export function App() {
  const { t, i18n } = useTranslation()
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
        <Suspense fallback={<p role="status">{t('loading')}</p>}>
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
