package disclosure

import (
	"errors"
	"math"
	"slices"
)

// Errors of what is said about sampling.
var (
	ErrFraction   = errors.New("a sampling fraction lies above 0 and at most at 1")
	ErrConfidence = errors.New("a confidence level lies above 0 and below 1")
)

// Sampling is what is stated about how the records were drawn from the
// population.
type Sampling struct {
	// Fraction is the share of the population that is in the file, above 0, at
	// most 1. With 1 the file is the population.
	Fraction float64
	// MinPairs is the fewest classes of two records that an estimate of DIS may
	// rest on; with fewer it is withheld.
	MinPairs int
	// Confidence is the level of the interval, above 0 and below 1, such as 0.95.
	Confidence float64
}

// DIS is the data intrusion simulation measure: the probability that a unique
// match of a population unit with a record of the sample is a correct match
// (Skinner and Elliot 2002), 0 to 1.
type DIS struct {
	Fraction float64 `json:"fraction"`
	// Theta is f n1 / (f n1 + 2 (1-f) n2), with n1 uniques and n2 classes of two,
	// f being the sampling fraction.
	Theta float64 `json:"theta"`
	// Low and High are the interval at the level of Confidence; equal to Theta
	// when nothing was estimated.
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	Confidence float64 `json:"confidence"`
	Basis      Basis   `json:"basis"`
}

// DIS estimates theta from class sizes. It is nil when there is nothing to say:
// no unique record, or fewer classes of two than Sampling.MinPairs in a sample.
//
// The interval is by the delta method on the logit scale. There n1 cancels out:
// the truth is n1 by n1 + D, where D is the sum of F-1 over the sample uniques,
// F being the size of the class in the population, and D is estimated by
// 2 (1-f)/f n2. Classes being drawn independently, the variance of the logarithm
// of the one by the other is at most 1/n2 + sum (F-1)^2 / D^2, and the sum of
// squares is estimated from classes of two and three by 2 (1-f)/f n2 +
// 6 ((1-f)/f)^2 n3.
func (h Histogram) DIS(s Sampling) (*DIS, error) {
	if !(s.Fraction > 0 && s.Fraction <= 1) {
		return nil, ErrFraction
	}
	if !(s.Confidence > 0 && s.Confidence < 1) {
		return nil, ErrConfidence
	}
	n1, n2 := h.Of(1), h.Of(2)
	switch {
	case n1 == 0:
		return nil, nil
	case s.Fraction == 1:
		return &DIS{Fraction: 1, Theta: 1, Low: 1, High: 1, Confidence: s.Confidence, Basis: Exact}, nil
	case n2 == 0 || n2 < s.MinPairs:
		return nil, nil
	}
	logit := math.Log(s.Fraction*float64(n1)) - math.Log(2*(1-s.Fraction)*float64(n2))
	twos, threes := float64(n2), float64(h.Of(3))
	variance := 1/twos + s.Fraction/(2*(1-s.Fraction)*twos) + 3*threes/(2*twos*twos)
	half := math.Sqrt2 * math.Erfinv(s.Confidence) * math.Sqrt(variance)
	logistic := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	return &DIS{
		Fraction: s.Fraction, Theta: logistic(logit), Low: logistic(logit - half), High: logistic(logit + half),
		Confidence: s.Confidence, Basis: Estimate,
	}, nil
}

// IndividualRisk is the probability that a record of a class with f records in
// the sample, standing for F in the population, is re-identified (Benedetti and
// Franconi 1998, with the usual approximation for three and more). With F at
// most f it is 1/f.
func IndividualRisk(f int, population float64) float64 {
	x := float64(f)
	if population <= x {
		return 1 / x
	}
	p := x / population
	odds := p / (1 - p)
	switch f {
	case 1:
		return odds * math.Log(1/p)
	case 2:
		return odds - odds*odds*math.Log(1/p)
	}
	return p / (x - (1 - p))
}

// Individual sums up the individual risks of all records.
type Individual struct {
	// Expected is the expected number of re-identified records, the sum of the
	// risks; Mean is their mean.
	Expected float64 `json:"expected"`
	Mean     float64 `json:"mean"`
	// Max is the risk of the record most at risk.
	Max float64 `json:"max"`
	// Median and MAD are the median risk and the median absolute deviation from
	// it, times 1.4826 as for a normal distribution.
	Median float64 `json:"median"`
	MAD    float64 `json:"mad"`
	// Basis is exact when the file is the population, otherwise an estimate.
	Basis Basis `json:"basis"`

	risks []riskCount
}

// riskCount is a risk and the records that have it.
type riskCount struct {
	risk    float64
	records int
}

// Above is the number of records with a risk above limit.
func (i *Individual) Above(limit float64) int {
	n := 0
	for _, r := range i.risks {
		if r.risk > limit {
			n += r.records
		}
	}
	return n
}

// Individual computes the individual risks when all records stand for equally
// many in the population, one by the fraction.
func (h Histogram) Individual(fraction float64) (*Individual, error) {
	if !(fraction > 0 && fraction <= 1) {
		return nil, ErrFraction
	}
	risks := make([]riskCount, len(h))
	for i, s := range h {
		risks[i] = riskCount{IndividualRisk(s.Size, float64(s.Size)/fraction), s.Size * s.Classes}
	}
	basis := Estimate
	if fraction == 1 {
		basis = Exact
	}
	return individual(risks, basis), nil
}

func individual(risks []riskCount, basis Basis) *Individual {
	if len(risks) == 0 {
		return &Individual{Basis: basis}
	}
	slices.SortFunc(risks, byRisk)
	out := &Individual{Basis: basis, risks: risks, Max: risks[len(risks)-1].risk}
	n := 0
	for _, r := range risks {
		out.Expected += r.risk * float64(r.records)
		n += r.records
	}
	out.Mean = out.Expected / float64(n)
	out.Median = median(risks, n)
	away := make([]riskCount, len(risks))
	for i, r := range risks {
		away[i] = riskCount{math.Abs(r.risk - out.Median), r.records}
	}
	slices.SortFunc(away, byRisk)
	// 1.4826 is the reciprocal of the 0.75 quantile of the normal distribution.
	out.MAD = 1.4826 * median(away, n)
	return out
}

func byRisk(a, b riskCount) int {
	switch {
	case a.risk != b.risk && a.risk < b.risk:
		return -1
	case a.risk != b.risk:
		return 1
	}
	return a.records - b.records
}

// median is the median of n records in ascending order of risk.
func median(risks []riskCount, n int) float64 {
	at := func(i int) float64 {
		for _, r := range risks {
			if i < r.records {
				return r.risk
			}
			i -= r.records
		}
		return math.NaN()
	}
	return (at((n-1)/2) + at(n/2)) / 2
}
