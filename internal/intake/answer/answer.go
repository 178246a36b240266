// Package answer reads what people write as answers: labels, numbers and days in
// the ways in which they are usually written.
package answer

import (
	"regexp"
	"strings"
)

// Fold is a label as it is compared: without regard to case and spaces.
func Fold(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// thousands are the signs between thousands.
var thousands = strings.NewReplacer(" ", "", "\u00A0", "", "\u202F", "", "\u2009", "", "'", "", "’", "")

var decimalComma = regexp.MustCompile(`^-?\d+,(\d{1,2}|\d{4,})$`)

// Number is a number as it stands in a descriptor, when what was written can mean
// only one; three digits behind a comma may be thousands, so they stay.
func Number(s string) string {
	t := thousands.Replace(strings.TrimSpace(s))
	if decimalComma.MatchString(t) {
		t = strings.Replace(t, ",", ".", 1)
	}
	return t
}

var (
	dotDate = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
)

// Day is a day as it stands in a descriptor, when what was written can mean only
// one; a day with slashes can be read in two ways, so it stays.
func Day(s string) string {
	s = strings.TrimSpace(s)
	if m := dotDate.FindStringSubmatch(s); m != nil {
		pad := func(d string) string { return strings.Repeat("0", 2-len(d)) + d }
		return m[3] + "-" + pad(m[2]) + "-" + pad(m[1])
	}
	// A program may give a day with a time behind it.
	if head, _, ok := strings.Cut(s, "T"); ok && isoDate.MatchString(head) {
		return head
	}
	return s
}
