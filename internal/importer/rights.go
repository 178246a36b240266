package importer

import (
	"strconv"
	"strings"

	"puntari/internal/descriptor"
)

func itoa(n int) string { return strconv.Itoa(n) }

// thirdParty reads a source from which the data were taken.
func (r *record) thirdParty(name, licence, property string) {
	const most = 200
	sources := &r.Dataset.Rights.ThirdPartySources
	if name = clean(name); name == "" || len(*sources) >= most {
		return
	}
	for _, s := range *sources {
		if s.Name != nil && *s.Name == name {
			return
		}
	}
	at := "rights.thirdPartySources[" + itoa(len(*sources)) + "]."
	s := descriptor.ThirdPartySource{Name: &name}
	r.fact(at+"name", name, origin{property, name})
	if licence = clean(licence); licence != "" {
		s.Licence = &licence
		r.fact(at+"licence", licence, origin{property, licence})
	}
	*sources = append(*sources, s)
}

// dataSubject is the group of people for a term of the Data Privacy Vocabulary.
func dataSubject(raw string) (group string, ok bool) {
	group, ok = dataSubjects[strings.ToLower(lastSegment(strings.TrimPrefix(raw, "dpv:")))]
	return group, ok
}

var dataSubjects = map[string]string{
	"child": "child", "student": "student", "patient": "patient", "client": "client", "employee": "employee", "immigrant": "immigrant",
	"asylumseeker": "asylum_seeker", "elderlydatasubject": "elderly", "elderlyhuman": "elderly", "customer": "customer", "consumer": "customer",
	"visitor": "visitor", "citizen": "resident", "jobapplicant": "job_seeker", "applicant": "job_seeker",
}

// legalBasis is the legal basis for a term of the Data Privacy Vocabulary. It is
// one for holding the data; whether it carries a publication, too, a person has
// to say.
func legalBasis(raw string) (basis string, ok bool) {
	s := lastSegment(raw)
	switch {
	case strings.HasPrefix(s, "A6-1-a"), strings.HasPrefix(s, "Consent"):
		return "consent", true
	case strings.HasPrefix(s, "A6-1-c"), strings.HasPrefix(s, "LegalObligation"):
		return "law_requires", true
	case strings.HasPrefix(s, "A6-1-e"), strings.HasPrefix(s, "PublicInterest"), strings.HasPrefix(s, "OfficialAuthority"):
		return "public_task", true
	}
	return "", false
}
