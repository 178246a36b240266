package detect

import (
	"bytes"
	"net/netip"
)

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

const hetuCheck = "0123456789ABCDEFHJKLMNPRSTUVWXY"

func upper(c byte) byte {
	if isLower(c) {
		return c - 'a' + 'A'
	}
	return c
}

func number(b []byte) int {
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	return n
}

// hetuShaped tells whether eleven bytes have the form of a personal identity
// code: a day, a sign of the century, three digits, a check character.
// The signs are + for the 1800s, - and Y X W V U for the 1900s, A to F for the
// 2000s (decree 690/2022, in force from 2023).
func hetuShaped(b []byte) bool {
	if !digits(b[:6]) || !digits(b[7:10]) {
		return false
	}
	switch upper(b[6]) {
	case '+', '-', 'Y', 'X', 'W', 'V', 'U', 'A', 'B', 'C', 'D', 'E', 'F':
	default:
		return false
	}
	day, month := number(b[:2]), number(b[2:4])
	return month >= 1 && month <= 12 && day >= 1 && day <= monthDays[month] && isAlnum(b[10])
}

// validHetu checks the number (002 to 999; 900 and above are for test and
// temporary use, and looked at all the same) and the check character, the
// remainder of the nine digits by 31.
func validHetu(b []byte) bool {
	individual := number(b[7:10])
	return individual >= 2 && hetuCheck[(number(b[:6])*1000+individual)%31] == upper(b[10])
}

func hetuInside(b []byte) bool {
	for i := 6; i+5 <= len(b); i++ {
		switch c := upper(b[i]); {
		case c != '+' && c != '-' && (c < 'A' || c > 'Y'):
			continue
		case !isDigit(b[i-1]) || !isDigit(b[i+1]):
			continue
		}
		from := i - 6
		if from > 0 && isWord(b[from-1]) || from+11 < len(b) && isWord(b[from+11]) {
			continue
		}
		if v := b[from : from+11]; hetuShaped(v) && validHetu(v) {
			return true
		}
	}
	return false
}

func businessShaped(b []byte) bool {
	for i := range 7 {
		if !isDigit(b[i]) {
			return false
		}
	}
	return isDigit(b[8])
}

// isVAT tells whether ten bytes are a Finnish VAT number: FI and eight digits.
func isVAT(b []byte) bool {
	if upper(b[0]) != 'F' || upper(b[1]) != 'I' {
		return false
	}
	for _, c := range b[2:] {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// validBusinessDigits checks a Business ID with or without its hyphen: weights
// 7 9 10 5 8 4 2, remainder by 11, of which 1 is never given.
func validBusinessDigits(b []byte) bool {
	sum := 0
	for i, w := range [7]int{7, 9, 10, 5, 8, 4, 2} {
		sum += int(b[i]-'0') * w
	}
	r := sum % 11
	if r > 0 {
		r = 11 - r
	}
	return r == int(b[len(b)-1]-'0')
}

// ibanShaped tells whether a text has the form of an account number: a country,
// two check digits, then letters and digits, possibly in groups.
func ibanShaped(b []byte) bool {
	if !isUpper(b[0]) || !isUpper(b[1]) || !isDigit(b[2]) || !isDigit(b[3]) {
		return false
	}
	n, digits := 0, 0
	for _, c := range b {
		switch {
		case c == ' ':
			continue
		case isDigit(c):
			digits++
		case !isUpper(c):
			return false
		}
		n++
	}
	return n >= 15 && n <= 34 && digits*2 >= n && (b[0] != 'F' || b[1] != 'I' || n == 18)
}

// validIBAN checks the remainder by 97 (ISO 13616).
func validIBAN(b []byte) bool {
	return remainder97(remainder97(0, b[4:]), b[:4]) == 1
}

// remainder97 goes on with the remainder of a number that is followed by the
// digits and letters of b.
func remainder97(m uint64, b []byte) uint64 {
	for _, c := range b {
		switch {
		case c == ' ':
		case isDigit(c):
			m = m*10 + uint64(c-'0')
		default:
			m = m*100 + uint64(c-'A') + 10
		}
		if m >= 1e16 { // seldom, since dividing takes long
			m %= 97
		}
	}
	return m % 97
}

func ibanInside(b []byte) bool {
	for i := 0; i+15 <= len(b); i++ {
		if !isUpper(b[i]) || !isUpper(b[i+1]) || !isDigit(b[i+2]) || !isDigit(b[i+3]) || i > 0 && isWord(b[i-1]) {
			continue
		}
		end, n := i, 0
		for end < len(b) && n < 34 && (isDigit(b[end]) || isUpper(b[end]) || b[end] == ' ') {
			if b[end] != ' ' {
				n++
			}
			end++
			v := bytes.TrimRight(b[i:end], " ")
			if n >= 15 && (end == len(b) || !isWord(b[end])) && ibanShaped(v) && validIBAN(v) {
				return true
			}
		}
	}
	return false
}

func isEmail(b []byte, class Class) bool {
	at := bytes.IndexByte(b, '@')
	if at < 1 || bytes.IndexByte(b[at+1:], '@') >= 0 || class&(Space|Comma|Paren) != 0 {
		return false
	}
	if class&Other != 0 && bytes.ContainsAny(b, "\n\r;<>\"\\") {
		return false
	}
	return domain(b[at+1:])
}

// domain tells whether a text is the name of a host: two labels or more, the
// last of letters.
func domain(b []byte) bool {
	dot := bytes.LastIndexByte(b, '.')
	if dot < 1 || len(b)-dot < 3 || b[0] == '.' || b[0] == '-' {
		return false
	}
	for _, c := range b[dot+1:] {
		if !isLower(c) && !isUpper(c) && c < 0x80 {
			return false
		}
	}
	return !bytes.Contains(b, []byte(".."))
}

func emailInside(b []byte) bool {
	for i := 1; i < len(b); i++ {
		if b[i] != '@' || !isWord(b[i-1]) {
			continue
		}
		end := i + 1
		for end < len(b) && (isWord(b[end]) || b[end] == '.' || b[end] == '-') {
			end++
		}
		if domain(bytes.TrimRight(b[i+1:end], ".-")) {
			return true
		}
	}
	return false
}

// phoneShaped tells whether a text may be a telephone number: 7 to 15 digits
// with a plus in front or separators between.
func phoneShaped(b []byte) bool {
	if len(b) < 7 || len(b) > 20 {
		return false
	}
	digits := 0
	for i, c := range b {
		switch {
		case isDigit(c):
			digits++
		case c == '+' && i > 0:
			return false
		case c == '-' && (i == 0 || !isDigit(b[i-1]) && b[i-1] != ')'):
			return false
		}
	}
	return digits >= 7 && digits <= 15 && !isISODate(b)
}

// validPhone tells whether the number begins as numbers do: with a plus and a
// country, or with a zero and an area or mobile code in use in Finland.
func validPhone(b []byte, class Class) bool {
	if b[0] == '(' {
		b = b[1:]
	}
	switch {
	case b[0] == '+':
		return b[1] >= '1' && b[1] <= '9'
	case b[0] != '0':
		return false
	case b[1] == '0': // 00 358
		return len(b) > 10 && b[2] >= '1'
	case b[1] == '4', b[1] == '5' && b[2] == '0': // mobile
		return true
	}
	return class&(Space|Minus|Paren) != 0 && b[1] != ' '
}

func phoneInside(b []byte) bool {
	for i := 0; i+8 <= len(b); i++ {
		if b[i] != '+' && b[i] != '0' || i > 0 && (isWord(b[i-1]) || b[i-1] == '.' || b[i-1] == ',' || b[i-1] == '-') {
			continue
		}
		digits, end := 0, i+1
		for end < len(b) && end-i < 20 && (isDigit(b[end]) || (b[end] == ' ' || b[end] == '-') && isDigit(b[end-1])) {
			if isDigit(b[end]) {
				digits++
			}
			end++
		}
		if end < len(b) && isWord(b[end]) && isDigit(b[end-1]) || i+11 <= len(b) && hetuShaped(b[i:i+11]) && validHetu(b[i:i+11]) {
			continue
		}
		mobile := b[i] == '0' && (b[i+1] == '4' || b[i+1] == '5' && b[i+2] == '0')
		if b[i] == '+' && b[i+1] >= '1' && digits >= 9 || mobile && digits >= 8 {
			return true
		}
	}
	return false
}

// plateShaped tells whether a text has the form of a Finnish plate: two or three
// letters, a hyphen, one to three digits without a leading zero. People also
// write small letters, a blank, or nothing between; without anything between,
// two digits at least. Many other codes are written so, which is why the name of
// the column has to say that they are plates.
func plateShaped(b []byte) bool {
	i := 0
	for i < len(b) && (isUpper(b[i]) || isLower(b[i])) {
		i++
	}
	if i < 2 || i > 3 || i == len(b) {
		return false
	}
	least := 2
	if b[i] == '-' || b[i] == ' ' {
		b, least = b[1:], 1
	}
	number := b[i:]
	return len(number) >= least && len(number) <= 3 && digits(number) && number[0] != '0'
}

// ipShaped tells whether a text is four numbers with dots between.
func ipShaped(b []byte) bool {
	return len(b) >= 7 && len(b) <= 15 && bytes.Count(b, []byte{'.'}) == 3
}

// validIPv4 tells whether four numbers are an address rather than the version of
// a program: each fits into a byte, and one at least is above 99, as it is in
// nearly all addresses and in few versions.
func validIPv4(b []byte) bool {
	a, err := netip.ParseAddr(string(b))
	if err != nil || !a.Is4() {
		return false
	}
	for _, part := range a.As4() {
		if part > 99 {
			return true
		}
	}
	return false
}

func isIPv6(b []byte) bool {
	if len(b) > 45 || bytes.Count(b, []byte{':'}) < 2 || isTime(b) {
		return false
	}
	a, err := netip.ParseAddr(string(b))
	return err == nil && a.Is6()
}

func isMAC(b []byte) bool {
	for i, c := range b {
		if i%3 == 2 {
			if c != b[2] || c != ':' && c != '-' {
				return false
			}
		} else if !isHexDigit(c) {
			return false
		}
	}
	return true
}

// isDottedMAC tells whether a text is three groups of four hexadecimal digits
// with dots between, as the devices of some makers write addresses.
func isDottedMAC(b []byte) bool {
	return len(b) == 14 && b[4] == '.' && b[9] == '.' && isHex(b[:4]) && isHex(b[5:9]) && isHex(b[10:])
}

// isPostalPlace tells whether a text is five digits, a blank and the name of a
// place.
func isPostalPlace(b []byte) bool {
	if len(b) < 8 || b[5] != ' ' || !digits(b[:5]) {
		return false
	}
	for _, c := range b[6:] {
		if !isUpper(c) && !isLower(c) && c < 0x80 && c != ' ' && c != '-' {
			return false
		}
	}
	return true
}

func isHexDigit(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

func isHex(b []byte) bool {
	for _, c := range b {
		if !isHexDigit(c) {
			return false
		}
	}
	return true
}

// isDigestLength tells whether n hexadecimal digits are a digest in use: MD5,
// SHA-1, SHA-224, SHA-256, SHA-384, SHA-512.
func isDigestLength(n int) bool {
	return n == 32 || n == 40 || n == 56 || n == 64 || n == 96 || n == 128
}

func isUUID(b []byte) bool {
	for i, c := range b {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
		} else if !isHexDigit(c) {
			return false
		}
	}
	return true
}
