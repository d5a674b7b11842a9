import { expectAccessible } from './axe'
import { daysAgo, enter, expect, Hotel, logIns, plus, test } from './hotel'

test.use({ hasTouch: true, viewport: { width: 820, height: 1180 } })

test('a day at the desk by touch alone: arrival, departure with payment, account, close, report', async ({
  page,
}) => {
  await enter(page.context(), logIns.manager)
  const businessDate = daysAgo(3)
  const hotel = await Hotel.open(page.request, { businessDate })
  const leaving = await hotel.act(await hotel.book('101', 0, 1, 'Lovelace'), 'check-in')
  await hotel.post(`/properties/${hotel.id}/day-close`, { businessDate })
  const coming = await hotel.book('102', 1, 2, 'Byron')
  const is = (id: string, status: string) =>
    expect.poll(async () => (await hotel.stay(id)).status, { timeout: 10_000 }).toBe(status)

  await page.goto(`/front-desk?list=arrivals&property=${hotel.id}`)
  await page.getByRole('button', { name: 'Check in: Ada Byron' }).tap()
  await is(coming.id, 'CHECKED_IN')
  await page.getByRole('tab', { name: /^Departures/ }).tap()
  await page.getByRole('button', { name: 'Check out: Ada Lovelace' }).tap()
  await page.locator('section[role=alertdialog]').getByRole('button', { name: 'Take payment' }).tap()
  await page.getByRole('button', { name: 'Take payment and check out' }).tap()
  await is(leaving.id, 'CHECKED_OUT')
  await expectAccessible(page)

  await page.goto(`/accounts?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New account' }).first().tap()
  const account = page.getByRole('dialog', { name: 'New account' })
  await account.getByLabel('Name').first().fill('Analytical Engines')
  await account.getByRole('button', { name: 'Open the account' }).tap()
  await expect(page.getByRole('dialog', { name: 'Analytical Engines' })).toBeVisible()

  await page.goto(`/day-close?property=${hotel.id}`)
  await page
    .getByRole('button', { name: /^Close / })
    .first()
    .tap()
  await expect(
    page.getByRole('grid', { name: 'Closed days of the last month' }).getByRole('row').nth(2),
  ).toBeVisible()

  await page.goto(`/reports?property=${hotel.id}&from=${businessDate}&to=${plus(businessDate, 2)}`)
  await page.getByRole('tab', { name: 'Payments' }).tap()
  await expect(
    page.getByRole('grid', { name: 'Payment journal' }).getByRole('row', { name: /Lovelace/ }),
  ).toContainText('$100.00')
  await expectAccessible(page)
})
