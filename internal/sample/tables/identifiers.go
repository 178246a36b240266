package tables

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// date returns a day between the years, both included.
func (r *row) date(from, to int) time.Time {
	first := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC)
	days := int(time.Date(to+1, 1, 1, 0, 0, 0, 0, time.UTC).Sub(first).Hours() / 24)
	return first.AddDate(0, 0, r.IntN(days))
}

// digits returns n digits, the first of which is not zero.
func (r *row) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	if b[0] == '0' {
		b[0] = '7'
	}
	return string(b)
}

// from returns n characters of an alphabet.
func (r *row) from(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

const (
	hexDigits   = "0123456789abcdef"
	capitals    = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	controls    = "0123456789ABCDEFHJKLMNPRSTUVWXY" // of a personal identity code, by the remainder of 31
	newHundreds = "UVWXY"                           // what may stand for the hyphen since 2023
	newThousand = "BCDEF"                           // what may stand for A since 2023
)

// identityCode returns a personal identity code of somebody born on the day,
// with an individual number that no person has.
func (r *row) identityCode(born time.Time, newSigns bool) string {
	sign := "-"
	switch {
	case born.Year() < 1900:
		sign = "+"
	case born.Year() >= 2000 && newSigns:
		sign = r.from(newThousand, 1)
	case born.Year() >= 2000:
		sign = "A"
	case newSigns:
		sign = r.from(newHundreds, 1)
	}
	day, number := born.Format("020106"), strconv.Itoa(900+r.IntN(100))
	n, _ := strconv.Atoi(day + number)
	return day + sign + number + controls[n%31:n%31+1]
}

// wrongIdentityCode is one whose control character is another.
func (r *row) wrongIdentityCode() string {
	code := r.identityCode(r.date(1930, 2015), false)
	i := strings.IndexByte(controls, code[10])
	return code[:10] + controls[(i+1+r.IntN(30))%31:][:1]
}

// businessID returns a business id of the range that is not in use yet.
func (r *row) businessID() string {
	for {
		digits := "3" + strconv.Itoa(8+r.IntN(2)) + r.digits(5)
		if c := businessControl(digits); c >= 0 {
			return digits + "-" + strconv.Itoa(c)
		}
	}
}

// wrongBusinessID is one with another control digit.
func (r *row) wrongBusinessID() string {
	id := r.businessID()
	return id[:8] + strconv.Itoa((int(id[8]-'0')+1+r.IntN(9))%10)
}

// businessControl returns the control digit, or -1 when the number may not be
// used.
func businessControl(digits string) int {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(digits[i]-'0')
	}
	switch sum %= 11; sum {
	case 0:
		return 0
	case 1:
		return -1
	default:
		return 11 - sum
	}
}

// iban returns a Finnish account number at a bank that does not exist, or for
// another country one of 20 digits.
func (r *row) iban(country string) string {
	account := "799" + r.digits(10)
	if country == "FI" {
		account += luhn(account)
	} else {
		account = r.digits(16)
	}
	number := new(big.Int)
	number.SetString(account+strconv.Itoa(int(country[0]-'A')+10)+strconv.Itoa(int(country[1]-'A')+10)+"00", 10)
	rest := new(big.Int).Mod(number, big.NewInt(97)).Int64()
	return fmt.Sprintf("%s%02d%s", country, 98-rest, account)
}

// luhn returns the control digit of an account number.
func luhn(digits string) string {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return strconv.Itoa((10 - sum%10) % 10)
}

// grouped writes a text in groups of n characters.
func grouped(s string, n int, between string) string {
	var parts []string
	for len(s) > n {
		parts, s = append(parts, s[:n]), s[n:]
	}
	return strings.Join(append(parts, s), between)
}

// ean returns an article number of thirteen digits with its control digit.
func (r *row) ean(prefix string) string {
	digits := prefix + r.digits(12-len(prefix))
	sum := 0
	for i := range digits {
		sum += int(digits[i]-'0') * (1 + 2*(i%2))
	}
	return digits + strconv.Itoa((10-sum%10)%10)
}

// uuid returns a random one.
func (r *row) uuid() string {
	h := r.from(hexDigits, 32)
	return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-a" + h[17:20] + "-" + h[20:]
}

// plate returns a registration number of a car.
func (r *row) plate() string {
	const letters = "ABCEFGHIJKLMNOPRSTUVXYZ"
	return r.from(letters, 3) + "-" + strconv.Itoa(1+r.IntN(999))
}

// phone returns a number in one of the ways in which people write them.
func (r *row) phone() string {
	operator, a, b := pick(r, "40", "41", "44", "45", "46", "50"), r.digits(3), r.digits(4)
	switch r.IntN(6) {
	case 0:
		return "+358 " + operator + " " + a + " " + b
	case 1:
		return "+358" + operator + a + b
	case 2:
		return "0" + operator + a + b
	case 3:
		return "0" + operator + "-" + a + b
	case 4:
		return "0" + operator + " " + a + b
	default:
		return "0" + operator + " " + a + " " + b
	}
}

// landline returns a number of an office.
func (r *row) landline() string {
	return pick(r, "06", "09", "013", "(06)") + " " + r.digits(3) + " " + r.digits(4)
}
