package evidence

import (
	"bytes"
	"math"
	"unicode/utf8"

	"puntari/internal/detect"
)

// observation is what has been seen of the values of a column. Everything in it
// is a sum, a largest or a smallest, so that it does not matter who saw what.
type observation struct {
	filled  int64
	types   [detect.Types]int64
	counts  detect.Counts
	zeros   int64 // integers with a leading zero
	years   int64 // integers that may be years
	formula int64 // values that a spreadsheet would take for a formula
	urls    int64

	longest, lengths, words int64

	precisions        [detect.Second + 1]int64
	minNumber, maxNum float64
	decimals          int
	// small counts the integers from 0 to 20; least is the smallest number above 0.
	small [21]int64
	least float64
	// negative numbers are no counts.
	negative int64
	// compact counts integers of eight digits that are dates.
	compact int64
	// fives counts values of five digits, tens those of them that end with one zero
	// at least, padded those that begin with one.
	fives, tens, padded int64
	// plates are the groups of three letters of values in the form of plates.
	plates *letterGroups
}

func newObservation() observation {
	return observation{minNumber: math.Inf(1), maxNum: math.Inf(-1), least: math.Inf(1)}
}

// see adds a value that is not blank, n times.
func (o *observation) see(d *detect.Detector, v []byte, n int64) {
	class := detect.ClassOf(v)
	o.filled += n
	length := int64(len(v))
	if class&detect.High != 0 {
		length = int64(utf8.RuneCount(v))
	}
	o.longest = max(o.longest, length)
	o.lengths += length * n
	if class&detect.Space != 0 {
		o.words += n * int64(1+bytes.Count(v, []byte{' '}))
	} else {
		o.words += n
	}
	if class == detect.Digit && len(v) == 5 {
		o.five(v, n)
	}
	if class == detect.Digit|detect.Upper|detect.Minus && len(v) <= 7 && len(v) >= 5 && v[3] == '-' {
		o.plates = o.plates.add(v)
	}
	var x detect.Value
	x.Read(v, class)
	o.types[x.Type] += n
	switch x.Type {
	case detect.Integer, detect.Decimal, detect.DecimalComma:
		o.number(&x, n)
	case detect.Date, detect.DateTime, detect.Time:
		o.precisions[x.Precision] += n
	case detect.Text:
		switch v[0] {
		case '=', '@', '+', '-', '\t', '\r':
			if len(v) > 1 && class&^(detect.Digit|detect.Plus|detect.Minus|detect.Space|detect.Paren) != 0 {
				o.formula += n
			}
		case 'h', 'w':
			if bytes.HasPrefix(v, []byte("http://")) || bytes.HasPrefix(v, []byte("https://")) || bytes.HasPrefix(v, []byte("www.")) {
				o.urls += n
			}
		}
	}
	d.Scan(v, class, &o.counts, n)
}

func (o *observation) number(x *detect.Value, n int64) {
	o.minNumber, o.maxNum = min(o.minNumber, x.Number), max(o.maxNum, x.Number)
	o.decimals = max(o.decimals, x.Decimals)
	switch {
	case x.Number < 0:
		o.negative += n
	case x.Number > 0:
		o.least = min(o.least, x.Number)
	}
	if x.Type != detect.Integer {
		return
	}
	if x.LeadingZero {
		o.zeros += n
	}
	if x.Compact {
		o.compact += n
	}
	switch {
	case x.Number >= 0 && x.Number < float64(len(o.small)):
		o.small[int(x.Number)] += n
	case x.Number >= 1850 && x.Number <= 2100:
		o.years += n
	}
}

func (o *observation) merge(p *observation) {
	o.filled += p.filled
	for i := range o.types {
		o.types[i] += p.types[i]
	}
	o.counts.Merge(&p.counts)
	o.zeros += p.zeros
	o.years += p.years
	o.formula += p.formula
	o.urls += p.urls
	o.longest = max(o.longest, p.longest)
	o.lengths += p.lengths
	o.words += p.words
	for i := range o.precisions {
		o.precisions[i] += p.precisions[i]
	}
	o.minNumber, o.maxNum = min(o.minNumber, p.minNumber), max(o.maxNum, p.maxNum)
	o.least = min(o.least, p.least)
	o.decimals = max(o.decimals, p.decimals)
	for i := range o.small {
		o.small[i] += p.small[i]
	}
	o.negative += p.negative
	o.compact += p.compact
	o.fives += p.fives
	o.tens += p.tens
	o.padded += p.padded
	o.plates = o.plates.merge(p.plates)
}

// valueOf is what a value without white space at its ends reads as.
func valueOf(v []byte) (x detect.Value) {
	x.Read(v, detect.ClassOf(v))
	return x
}
