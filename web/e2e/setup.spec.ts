import { expectAccessible } from './axe'
import { expect, logInAs, logIns, password, test } from './hotel'

test('a guest is found with a typing error, and what another changed meanwhile is put under what was typed', async ({
  page,
  hotel,
}) => {
  const guest = await hotel.post('/guests', {
    propertyId: hotel.id,
    firstName: 'Conceição',
    lastName: 'Vasconcelos',
  })
  await page.goto(`/guests?property=${hotel.id}&q=vasconselos`)
  await page.getByRole('row', { name: /Vasconcelos/ }).click()
  await page.getByRole('button', { name: 'Edit' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Telephone').fill('+351 21 000 0000')
  await form.getByLabel('Notes').fill('mine')
  await hotel.call('PATCH', `/guests/${guest.id}`, { version: 1, notes: 'theirs', email: 'c@example.com' })
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Changed by someone else to: theirs')).toBeVisible()
  await expect(form.getByLabel('E-mail')).toHaveValue('c@example.com')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)
  const saved = await hotel.call('GET', `/guests/${guest.id}`)
  expect(saved).toMatchObject({
    notes: 'mine',
    phone: '+351 21 000 0000',
    email: 'c@example.com',
    version: 3,
  })
})

test('two profiles are merged after a preview, and the kept one is filled', async ({ page, hotel }) => {
  const make = (more: object) =>
    hotel.post('/guests', { propertyId: hotel.id, firstName: 'Ada', lastName: 'Lovelace', ...more })
  const [kept, gone] = [await make({ email: 'ada@example.com' }), await make({ phone: '+44 20 0000 0000' })]
  await page.goto(`/guests/${kept.id}?property=${hotel.id}`)
  await page.getByRole('button', { name: 'Merge' }).click()
  await page.getByRole('combobox').click()
  await page.getByRole('option').first().click()
  await expect(page.getByText('+44 20 0000 0000 (taken over)')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Merge the profiles' }).click()
  await expect(page.getByText(/^Merged;/)).toBeVisible()
  expect(await hotel.call('GET', `/guests/${gone.id}`)).toMatchObject({ mergedIntoGuestId: kept.id })
})

test('a floor of rooms is added at once; what is there is left out', async ({ page, hotel }) => {
  await page.goto(`/set-up/rooms?property=${hotel.id}`)
  await page.getByRole('button', { name: 'Add rooms' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: /Room numbers/ }).fill('101–104, 301–303')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Add 3 rooms' }).dblclick()
  await expect(form).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^303/ })).toBeVisible()
})

test('prices are painted by the keyboard alone, undone and saved', async ({ page, hotel }) => {
  await page.goto(`/set-up/rates?property=${hotel.id}`)
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row},${column}"]`)
  await expect(cell(0, 0)).toHaveText('100')
  await cell(0, 0).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.type('155.50')
  await page.keyboard.press('Enter')
  await expect(cell(1, 1)).toHaveText(/155\.50/)
  await page.keyboard.press('Control+z')
  await expect(cell(1, 1)).toHaveText('100')
  await page.keyboard.press('Control+Shift+z')
  await expectAccessible(page)
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/not saved yet/)).toHaveCount(0)
  await expect(cell(1, 1)).toHaveText('155.50')
  await expect(cell(0, 2)).toHaveText('100')
})

test('a type in use says why it cannot be deactivated', async ({ page, hotel }) => {
  await page.goto(`/set-up/room-types?property=${hotel.id}`)
  await page.getByRole('button', { name: /^STE/ }).click()
  await page.getByRole('button', { name: 'Deactivate' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(page.getByText('Room type STE is in use: 2 active rooms, 0 active stays.')).toBeVisible()
  await expectAccessible(page)
})

test('the property is renamed everywhere; what is wrong is said beside the field', async ({
  page,
  hotel,
}) => {
  await page.goto(`/set-up?property=${hotel.id}`)
  await expect(page).toHaveURL(/set-up\/property/)
  const main = page.getByRole('main')
  const name = main.getByRole('textbox', { name: 'Name' })
  await name.fill('')
  await main.getByRole('button', { name: 'Save' }).click()
  await expect(main.getByText('Enter a name.')).toBeVisible()
  await name.fill(`${hotel.name} renamed`)
  await main.getByRole('textbox', { name: 'Town' }).fill('Lisbon')
  await main.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await expect(page.getByRole('banner')).toContainText(`${hotel.name} renamed`)
  expect(await hotel.call('GET', `/properties/${hotel.id}`)).toMatchObject({
    name: `${hotel.name} renamed`,
    addressJson: { city: 'Lisbon' },
  })
})

test('a type with beds is made, ordered, and given rooms; a room is marked dirty and closed', async ({
  page,
  hotel,
}) => {
  await page.goto(`/set-up/room-types?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New room type' }).click()
  const form = page.getByRole('dialog', { name: 'New room type' })
  await form.getByRole('textbox', { name: 'Code' }).fill('STD')
  await form.getByRole('textbox', { name: 'Name' }).fill('Family')
  await form.getByRole('button', { name: 'Add beds' }).click()
  await form.getByRole('textbox', { name: 'Kind of bed' }).fill('bunk')
  await form.getByRole('textbox', { name: 'Upgrade order' }).fill('first')
  await form.getByRole('button', { name: 'Create the type' }).click()
  await expect(form.getByText('A whole number from 0 to 999, or empty')).toBeVisible()
  await form.getByRole('textbox', { name: 'Upgrade order' }).fill('2')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Create the type' }).click()
  await expect(form.getByText(/already|taken|exists|in use/i)).toBeVisible()
  await form.getByRole('textbox', { name: 'Code' }).fill('FAM')
  await form.getByRole('button', { name: 'Create the type' }).click()
  await expect(form).toHaveCount(0)
  await page.getByRole('button', { name: 'Move Family up' }).click()
  await expect(page.getByRole('listitem').nth(1)).toContainText('Family')

  await page.getByRole('link', { name: 'Rooms', exact: true }).click()
  await page.getByRole('button', { name: 'Add rooms' }).click()
  const add = page.getByRole('dialog', { name: 'Add rooms' })
  await add.getByRole('textbox', { name: /Room numbers/ }).fill('F1–F2')
  await add.getByRole('button', { name: /Room type/ }).click()
  await page.getByRole('option', { name: /Family/ }).click()
  await add.getByRole('button', { name: 'Add 2 rooms' }).click()
  await expect(add).toHaveCount(0)
  // A button that is gone with its dialog must not be read out.
  await expectAccessible(page)

  await page.getByRole('button', { name: /^F2/ }).click()
  const room = page.getByRole('dialog', { name: 'Room F2' })
  await room.getByRole('button', { name: 'Mark dirty' }).click()
  await expect(room.getByText('Dirty')).toBeVisible()
  await room.getByRole('button', { name: 'Close the room' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close the room' }).click()
  await expect(page.getByRole('button', { name: /^F2/ })).toHaveCount(0)
  await page.getByText('Show closed rooms').click()
  await expect(page.getByRole('button', { name: /^F2/ })).toBeVisible()
})

test('a plan is made and its weekends priced as a range; what was painted is not left by accident', async ({
  page,
  hotel,
}) => {
  await page.goto(`/set-up/rates?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New plan' }).click()
  const form = page.getByRole('dialog', { name: 'New plan' })
  await form.getByRole('textbox', { name: 'Code' }).fill('FLEX')
  await form.getByRole('textbox', { name: 'Name' }).fill('Flexible')
  await form.getByRole('button', { name: 'Create the plan' }).click()
  await expect(form).toHaveCount(0)
  const plans = (await hotel.call('GET', `/rate-plans?propertyId=${hotel.id}`)) as unknown as {
    id: string
    code: string
  }[]
  const plan = plans.find((one) => one.code === 'FLEX')
  await page.goto(`/set-up/rates?property=${hotel.id}&plan=${plan?.id}`)
  await page.locator('[data-cell="0,0"]').click()
  await page.keyboard.type('80')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 range not saved yet')).toBeVisible()
  await page.getByRole('link', { name: 'Users' }).click()
  const leave = page.getByRole('alertdialog', { name: 'Leave without saving?' })
  await expect(leave).toBeVisible()
  await expectAccessible(page)
  await leave.getByRole('button', { name: /Cancel|Stay|Keep/ }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/not saved yet/)).toHaveCount(0)
  const prices = (await hotel.call(
    'GET',
    `/rate-plans/${plan?.id}/prices?start=${hotel.today}&days=1`,
  )) as unknown as { nightlyBaseCents: number }[]
  expect(JSON.stringify(prices)).toContain('8000')
})

test('a user is made, logs in with what the role may, and is locked out when deactivated', async ({
  page,
  hotel,
  browser,
}) => {
  test.slow()
  const email = `new-${hotel.id.toLowerCase()}@e2e.example`
  await page.goto(`/set-up/users?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New user' }).click()
  const form = page.getByRole('dialog', { name: 'New user' })
  await form.getByRole('textbox', { name: 'Name' }).fill('Nia New')
  await form.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await form.getByRole('textbox', { name: 'Password' }).fill('short')
  await form.getByRole('button', { name: 'Create the user' }).click()
  await expect(form.getByText('Use at least 12 characters.')).toBeVisible()
  await form.getByRole('textbox', { name: 'Password' }).fill(password)
  await form.getByRole('button', { name: /Role/ }).click()
  await page.getByRole('option', { name: /Housekeeping/ }).click()
  await form.getByText('All properties').click()
  await form.getByText(hotel.name, { exact: true }).click()
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Create the user' }).click()
  await expect(form).toHaveCount(0)

  const other = await browser.newContext()
  const theirs = await other.newPage()
  await logInAs(theirs, email)
  await expect(theirs.getByRole('banner')).toContainText(hotel.name)
  await expect(theirs.getByRole('link', { name: 'Calendar' })).toHaveCount(0)
  await expect(theirs.getByRole('link', { name: 'Set-up' })).toHaveCount(0)
  const room = theirs.getByRole('main').getByRole('listitem', { name: 'Room 101', exact: true })
  await room.getByRole('button', { name: 'More for room 101' }).click()
  await theirs.getByRole('menuitem', { name: 'Mark dirty' }).click()
  await expect(room).toContainText('Dirty')

  await page.getByRole('row').filter({ hasText: email }).click()
  await page.getByRole('button', { name: 'Deactivate' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Inactive')
  await theirs.reload()
  await expect(theirs).toHaveURL(/log-in/)
  await other.close()
})

test('an API key is shown once, opens the API, and is revoked', async ({ page, hotel, request }) => {
  await page.goto(`/set-up/api-keys?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New API key' }).first().click()
  const form = page.getByRole('dialog', { name: 'New API key' })
  await form.getByRole('textbox', { name: 'Name' }).fill(`Channel ${hotel.name}`)
  await form.getByRole('button', { name: 'Create the key' }).click()
  const shown = page.getByRole('alertdialog', { name: /The key of/ })
  const secret = await shown.locator('code').textContent()
  await expectAccessible(page)
  const ask = () =>
    request.get(`/api/v1/pms/rooms?propertyId=${hotel.id}`, {
      headers: { authorization: `Bearer ${secret}` },
    })
  expect((await ask()).status()).toBe(200)
  await shown.getByRole('button', { name: 'I have stored it' }).click()
  await page.reload()
  const row = page.getByRole('row', { name: new RegExp(hotel.name) })
  await expect(row).toContainText('Active')
  await expect(page.getByText(String(secret))).toHaveCount(0)
  await row.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(row).toContainText('Revoked')
  expect((await ask()).status()).toBe(401)
})

test('who may not change the set-up is not led there', async ({ page, hotel }) => {
  await page.context().clearCookies()
  await logInAs(page, logIns.desk)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await page.goto(`/set-up/users?property=${hotel.id}`)
  await expect(page.getByRole('main')).toContainText('You may not see this')
  await expect(page.getByRole('button', { name: 'New user' })).toHaveCount(0)
  // A restriction that stands in the way of a sale is read where it is set.
  await page.goto(`/set-up/restrictions?property=${hotel.id}`)
  await expect(page.getByRole('grid', { name: 'Closed' })).toHaveAttribute('aria-readonly', 'true')
  await expect(page.getByRole('link', { name: 'Set-up' })).toHaveCount(0)
})

test('restrictions are painted, copied from a spreadsheet, filled down and saved', async ({
  page,
  hotel,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`/set-up/restrictions?property=${hotel.id}`)
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row},${column}"]`)
  await expect(cell(0, 0)).toHaveText('–')
  await cell(0, 1).click()
  await page.keyboard.type('1')
  await page.keyboard.press('Enter')
  await expect(cell(0, 1)).toHaveText(/yes/)
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/not saved yet/)).toHaveCount(0)
  // What all types say shows in each of them.
  await expect(cell(1, 1)).toHaveText('yes')
  await expectAccessible(page)

  await page.getByRole('button', { name: /Rule/ }).click()
  await page.getByRole('option', { name: 'Shortest stay, by arrival' }).click()
  await expect(cell(0, 0)).toHaveText('–')
  await page.evaluate(() => navigator.clipboard.writeText('2\t3\n4\t5'))
  await cell(0, 0).click()
  await page.keyboard.press('Control+v')
  await expect(cell(1, 1)).toHaveText(/5/)
  await page.keyboard.press('Control+z')
  await expect(cell(1, 1)).toHaveText('–')
  await page.keyboard.type('7')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+d')
  await expect(cell(1, 0)).toHaveText(/7/)
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/not saved yet/)).toHaveCount(0)
  const grid = await hotel.call('GET', `/restrictions?propertyId=${hotel.id}&start=${hotel.today}&days=2`)
  const rows = grid as unknown as { roomTypeId: string | null; own: object[] }[]
  const own = rows.filter(({ own }) => own.length > 0)
  expect(own.map(({ roomTypeId, own: said }) => [roomTypeId !== null, said.length])).toEqual([
    [false, 2],
    [true, 1],
  ])

  // A refusal has the names that the page has; what did not come through stays.
  await page.getByRole('button', { name: /Rule/ }).click()
  await page.getByRole('option', { name: 'Longest stay, by arrival' }).click()
  await expect(cell(0, 0)).toHaveText('–')
  await cell(0, 0).click()
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('main')).toContainText(
    '“Shortest stay, by arrival” must not exceed “Longest stay, by arrival”',
  )
  await expect(page.getByText(/1 range not saved yet/)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('All is as it was saved')).toBeVisible()
})

test('what was saved in a grid is taken back: prices, restrictions, limits', async ({
  page,
  hotel,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const cell = page.locator('[data-cell="1,1"]')
  for (const [section, value, shown] of [
    ['rates', '130', '130'],
    ['restrictions', '1', 'yes'],
    ['overbooking', '3', '3'],
  ] as const) {
    await page.goto(`/set-up/${section}?property=${hotel.id}`)
    await expect(cell).not.toBeEmpty()
    const before = await cell.textContent()
    expect(before).not.toBe(shown)
    await cell.click()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.type(value)
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^1 range not saved yet/)).toContainText(' · ')
    await page.keyboard.press('Control+s')
    await expect(page.getByText('not saved yet')).toHaveCount(0)
    await expect(cell).toHaveText(shown)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('All is as it was before')).toBeVisible()
    await expect(cell).toHaveText(before ?? '')
    await page.reload()
    await expect(cell).toHaveText(before ?? '')
  }

  await page.goto(`/set-up/rates?property=${hotel.id}`)
  await cell.click()
  await page.evaluate(() => navigator.clipboard.writeText('120\t12,50'))
  await page.keyboard.press('Control+v')
  await expect(page.getByText(/^Nothing was pasted: “12,50” does not fit/)).toBeVisible()
  await page.evaluate(() => navigator.clipboard.writeText('120\n130\n140'))
  await page.keyboard.press('Control+v')
  await expect(page.getByText('2 cells lay outside the table and were left out.')).toBeVisible()
  await expect(cell).toHaveText(/^120/)
  await page.keyboard.type('-5')
  await page.keyboard.press('Enter')
  await expect(cell).toHaveText(/^120/)
})

test('a plan is made of another one, and its prices show what comes of it', async ({ page, hotel }) => {
  await page.goto(`/set-up/rates?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New plan' }).click()
  const form = page.getByRole('dialog', { name: 'New plan' })
  await form.getByRole('textbox', { name: 'Code' }).fill('SAVER')
  await form.getByRole('textbox', { name: 'Name' }).fill('Saver')
  await form.getByRole('button', { name: /Prices made of/ }).click()
  await page.getByRole('option', { name: /BAR/ }).click()
  await form.getByRole('textbox', { name: 'Percent more or less' }).fill('-12.5')
  await form.getByRole('textbox', { name: /^Rounded to/ }).fill('5')
  await form.getByRole('textbox', { name: 'Adults in the price' }).fill('2')
  await form.getByRole('textbox', { name: /^Each further adult/ }).fill('30')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Create the plan' }).click()
  await expect(form).toHaveCount(0)
  await expect(page.locator('[data-cell="0,0"]')).toHaveText('90')
})
