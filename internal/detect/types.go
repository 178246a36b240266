package detect

import "math"

// Type is what a value is in the words of the field catalogue.
type Type uint8

// The types of values.
const (
	Text Type = iota
	Integer
	Decimal      // with a point
	DecimalComma // with a comma
	Boolean
	Date
	DateTime
	Time
	Types
)

// Precision is how precise a point in time is.
type Precision uint8

// The precisions, the coarsest first.
const (
	NoTime Precision = iota
	Year
	Month
	Day
	Hour
	Minute
	Second
)

// Value is what was read of a value beside its kind.
type Value struct {
	Type Type
	// Number is the value of a number, NaN for others; Decimals how many digits
	// follow its point.
	Number   float64
	Decimals int
	// LeadingZero tells that an integer begins with a zero, so that it is a code.
	LeadingZero bool
	// Year and Precision belong to dates.
	Year      int
	Precision Precision
	// Compact tells that an integer of eight digits is also a date, as 20240531; Year
	// is then the year.
	Compact bool
}

// Read tells the type of a value without white space at its ends.
func (v *Value) Read(b []byte, class Class) {
	*v = Value{Number: math.NaN()}
	switch {
	case class&Digit == 0:
		if isBoolean(b) {
			v.Type = Boolean
		}
	case class&^(Digit|Minus|Plus|Dot|Comma) == 0 && readNumber(b, v):
	case class&Minus != 0 && len(b) >= 7 && readISO(b, v):
	case class&Dot != 0 && readFinnish(b, v):
	case class&Colon != 0 && isTime(b):
		v.Type, v.Precision = Time, Minute
		if len(b) > 5 {
			v.Precision = Second
		}
	case class&Slash != 0 && readSlashed(b, v):
	}
}

func isBoolean(b []byte) bool {
	switch string(b) {
	case "true", "false", "True", "False", "TRUE", "FALSE", "yes", "no", "Yes", "No", "kyllä", "Kyllä", "ei", "Ei", "ja", "Ja", "nej", "Nej":
		return true
	}
	return false
}

func readNumber(b []byte, v *Value) bool {
	i := 0
	if b[0] == '-' || b[0] == '+' {
		i = 1
	}
	begin, point := i, -1
	var whole uint64
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case isDigit(c):
			whole = whole*10 + uint64(c-'0')
		case (c == '.' || c == ',') && point < 0 && i > begin:
			point = i
		default:
			return false
		}
	}
	if begin == len(b) || point == len(b)-1 {
		return false
	}
	n := float64(whole)
	if len(b) > 15 { // more than an integer holds
		n = 0
		for _, c := range b[begin:] {
			if isDigit(c) {
				n = n*10 + float64(c-'0')
			}
		}
	}
	v.Type = Integer
	if point >= 0 {
		v.Decimals = len(b) - point - 1
		n /= math.Pow10(v.Decimals)
		v.Type = Decimal
		if b[point] == ',' {
			v.Type = DecimalComma
		}
	} else {
		v.LeadingZero = b[begin] == '0' && len(b)-begin > 1
		if len(b) == 8 && begin == 0 {
			readCompact(int(whole), v)
		}
	}
	if b[0] == '-' {
		n = -n
	}
	v.Number = n
	return true
}

// readCompact reads 20240531. Of random numbers of eight digits one in a thousand is
// such a date.
func readCompact(n int, v *Value) {
	const earliest, latest = 1850, 2100
	if year := n / 10000; year >= earliest && year <= latest && realDay(n%100, n/100%100) {
		v.Compact, v.Year = true, year
	}
}

func digits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return len(b) > 0
}

func realDay(day, month int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= monthDays[month]
}

func isISODate(b []byte) bool {
	return len(b) >= 10 && digits(b[:4]) && b[4] == '-' && digits(b[5:7]) && b[7] == '-' && digits(b[8:10]) && realDay(number(b[8:10]), number(b[5:7]))
}

// readISO reads 2024-05, 2024-05-31, 2024-05-31T12:00 and the like.
func readISO(b []byte, v *Value) bool {
	if len(b) == 7 && digits(b[:4]) && b[4] == '-' && digits(b[5:]) && realDay(1, number(b[5:])) && plausible(number(b[:4])) {
		v.Type, v.Year, v.Precision = Date, number(b[:4]), Month
		return true
	}
	if !isISODate(b) {
		return false
	}
	v.Type, v.Year, v.Precision = Date, number(b[:4]), Day
	if len(b) == 10 {
		return true
	}
	return (b[10] == 'T' || b[10] == ' ') && readClock(b[11:], v)
}

func plausible(year int) bool { return year >= 1000 && year <= 2999 }

// readClock reads the time of day after a date.
func readClock(b []byte, v *Value) bool {
	if len(b) < 2 || !isDigit(b[0]) {
		return false
	}
	v.Type, v.Precision = DateTime, Day
	var parts [3]int
	k, i := 0, 0
	for ; i < len(b) && k < 3; k++ {
		from := i
		for i < len(b) && isDigit(b[i]) {
			i++
		}
		if i == from || i-from > 2 {
			return false
		}
		parts[k] = number(b[from:i])
		if i < len(b) && (b[i] == ':' || b[i] == '.') && k < 2 && i+1 < len(b) && isDigit(b[i+1]) {
			i++
			continue
		}
		k++
		break
	}
	if k < 2 || parts[0] > 24 || parts[1] > 59 || parts[2] > 60 {
		return false
	}
	for _, c := range b[i:] { // fractions, a zone, AM and PM
		if !isDigit(c) && c != '.' && c != ',' && c != '+' && c != '-' && c != ':' && c != 'Z' && c != ' ' && c != 'A' && c != 'P' && c != 'M' {
			return false
		}
	}
	switch {
	case parts[2] != 0:
		v.Precision = Second
	case parts[1] != 0:
		v.Precision = Minute
	case parts[0] != 0:
		v.Precision = Hour
	}
	return true
}

func isTime(b []byte) bool {
	if len(b) < 4 || len(b) > 12 {
		return false
	}
	var v Value
	return (b[1] == ':' || b[2] == ':') && readClock(b, &v)
}

// readFinnish reads 31.5.2024, with or without a time of day.
func readFinnish(b []byte, v *Value) bool {
	var part [3]int
	i := 0
	for k := range part {
		from := i
		for i < len(b) && isDigit(b[i]) {
			i++
		}
		if i == from || i-from > 4 || k < 2 && (i-from > 2 || i == len(b) || b[i] != '.') {
			return false
		}
		// Two digits are a year only when day and month have two as well: 2.11.20
		// may be the version of a program.
		if k == 2 && i-from != 4 && (i-from != 2 || from != 6) {
			return false
		}
		part[k] = number(b[from:i])
		if k < 2 {
			i++
		} else if i-from == 2 {
			part[k] += 1900 // which century it is cannot be told
		}
	}
	if !realDay(part[0], part[1]) || !plausible(part[2]) {
		return false
	}
	return afterDate(b[i:], part[2], v)
}

func afterDate(rest []byte, year int, v *Value) bool {
	v.Type, v.Year, v.Precision = Date, year, Day
	if len(rest) == 0 {
		return true
	}
	for len(rest) > 0 && (rest[0] == ' ' || rest[0] == 'T') {
		rest = rest[1:]
	}
	return readClock(rest, v)
}

// readSlashed reads 05/31/2024 and 31/05/2024, with or without a time of day.
func readSlashed(b []byte, v *Value) bool {
	var part [3]int
	i := 0
	for k := range part {
		from := i
		for i < len(b) && isDigit(b[i]) {
			i++
		}
		if i == from || i-from > 4 || k < 2 && (i == len(b) || b[i] != '/') {
			return false
		}
		part[k] = number(b[from:i])
		if k < 2 {
			i++
		}
	}
	year, one, two := part[2], part[0], part[1]
	if part[0] > 999 {
		year, one, two = part[0], part[1], part[2]
	}
	if !plausible(year) || !realDay(one, two) && !realDay(two, one) {
		return false
	}
	return afterDate(b[i:], year, v)
}
